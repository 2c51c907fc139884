<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\MailSent;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Mail a one-time link to the address of an account. The answer is a {@see MailSent}.
 */
final class SendConnectMail extends Effect
{
    /**
     * @param string $email Nothing is sent when the user has another address by now.
     * @param string $code The parameter `code` of the link.
     * @param string $provider Who vouches for the visitor: `logto` or `dingtalk`.
     */
    public function __construct(
        public readonly int $user_id,
        public readonly string $email,
        #[\SensitiveParameter]
        public readonly string $code,
        public readonly string $provider,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->int('user_id'), $json->string('email'), $json->string('code'), $json->string('provider'));
    }
}
