<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * Which access to an account ends when an identity is connected to it.
 */
enum Ends: string
{
    case Nothing = 'nothing';

    /** All sessions but the current one, and all application passwords. */
    case Sessions = 'sessions';

    /** All sessions, application passwords, other identities and the password. */
    case Everything = 'everything';

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $from): self
    {
        return self::tryFrom($from->string('ends')) ?? throw $from->invalid('ends', 'what ends');
    }
}
