<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Something that only WordPress can do. Each effect has an answer of its own type.
 */
abstract class Effect implements \JsonSerializable
{
    /** The class of each `type`. */
    private const CLASSES = [
        'http_request' => HttpRequest::class,
        'find_account' => FindAccount::class,
        'find_email_match' => FindEmailMatch::class,
        'find_same_person' => FindSamePerson::class,
        'mark_state_used' => MarkStateUsed::class,
        'create_user' => CreateUser::class,
        'link_identity' => LinkIdentity::class,
        'send_connect_mail' => SendConnectMail::class,
        'revoke_access' => RevokeAccess::class,
        'find_api_user' => FindApiUser::class,
        'end_sessions' => EndSessions::class,
    ];

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $json): self
    {
        $class = self::CLASSES[$json->string('type')] ?? throw $json->invalid('type', 'a known effect');

        return $class::from($json);
    }

    /**
     * @return array<array-key, mixed>
     */
    public function jsonSerialize(): array
    {
        return ['type' => array_search(static::class, self::CLASSES, true)] + get_object_vars($this);
    }

    /**
     * @throws InvalidReply
     */
    abstract protected static function from(JsonObject $json): self;
}
