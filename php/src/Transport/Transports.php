<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Log;

/**
 * Which transport there is: FFI, else the socket, else the process, else PHP itself; or the one that the constant
 * `LOGTO_SIGN_IN_TRANSPORT` names.
 */
final class Transports
{
    public const NAMES = ['ffi', 'socket', 'process', 'php'];

    /**
     * A transport of its own for each operation.
     *
     * @throws TransportUnavailable
     */
    public static function choose(): Transport
    {
        $reasons = [];
        foreach (self::wanted() as $name) {
            $unmet = Requirements::unmet($name);
            try {
                if ($unmet === null) {
                    return self::open($name);
                }
            } catch (TransportFailure $failure) {
                // The next transport may work; the log says why this one was skipped.
                Log::write('transport_skipped', $failure->getMessage());
            }

            $reasons[] = $name . ': ' . ($unmet ?? 'failed');
        }

        throw new TransportUnavailable(implode(', ', $reasons));
    }

    /**
     * The first transport whose requirements are met, or null.
     */
    public static function available(): null|string
    {
        foreach (self::wanted() as $name) {
            if (Requirements::unmet($name) === null) {
                return $name;
            }
        }

        return null;
    }

    /**
     * @return list<string>
     */
    private static function wanted(): array
    {
        $named = Constants::text('LOGTO_SIGN_IN_TRANSPORT');
        if ($named === '') {
            // The name of the constant in version 0.1.
            $named = Constants::text('LOGTO_SIGN_IN_CARRIER');
        }

        return $named === '' ? self::NAMES : [$named];
    }

    /**
     * @throws TransportFailure
     */
    private static function open(string $name): Transport
    {
        return match ($name) {
            'ffi' => Ffi::load(Binaries::library()),
            'socket' => new Socket(Requirements::socket()),
            'php' => Php::load(),
            default => new Process(Binaries::program()),
        };
    }
}
