<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;

/**
 * Nothing was changed.
 */
final class Refused extends Outcome
{
    /**
     * @param string $code A stable code; the message catalog has the words for it.
     * @param int $status HTTP status of the page.
     * @param bool $retry Whether starting again may help.
     * @param string $redirect_to Where the visitor wanted to be, if known.
     * @param list<SetCookie> $cookies
     * @param null|int $retry_after Seconds before which another try is of no use, if known.
     * @param bool $another_account Whether only another account at the provider helps.
     * @param null|string $challenge For a request to the REST API: the value of `WWW-Authenticate`.
     * @param null|int $user_id Whom it is about, if that is known.
     */
    public function __construct(
        public readonly string $code,
        public readonly int $status,
        public readonly bool $retry,
        public readonly string $redirect_to = '',
        public readonly array $cookies = [],
        public readonly null|int $retry_after = null,
        public readonly bool $another_account = false,
        public readonly null|string $challenge = null,
        public readonly null|int $user_id = null,
    ) {
    }

    public function jsonSerialize(): array
    {
        $members = array_filter(parent::jsonSerialize(), static fn(mixed $member): bool => $member !== null);

        return $this->another_account ? $members : array_diff_key($members, ['another_account' => false]);
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->string('code'),
            $json->int('status'),
            $json->bool('retry'),
            $json->string('redirect_to'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
            $json->has('retry_after') ? $json->int('retry_after') : null,
            $json->has('another_account') && $json->bool('another_account'),
            $json->has('challenge') ? $json->string('challenge') : null,
            $json->has('user_id') ? $json->int('user_id') : null,
        );
    }
}
