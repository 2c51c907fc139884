<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Constants;

/**
 * Which transports may be used, and can be by what the server offers. Whether one works, only an answer tells: see
 * {@see Transports}.
 */
final class Requirements
{
    /**
     * The names of the transports that may be used, best first.
     *
     * @return list<string>
     */
    public static function wanted(): array
    {
        $named = Constants::text('LOGTO_SIGN_IN_TRANSPORT');
        if ($named === '') {
            // The name of the constant in version 0.1.
            $named = Constants::text('LOGTO_SIGN_IN_CARRIER');
        }

        return $named === '' ? Shipped::NAMES : [$named];
    }

    /**
     * Those of them whose requirements are met, each looked at when it is needed.
     *
     * @return \Generator<int, string>
     */
    public static function met(): \Generator
    {
        foreach (self::wanted() as $name) {
            if (Shipped::unmet($name) !== null) {
                continue;
            }

            yield $name;
        }
    }
}
