<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Log;

/**
 * Which carrier there is: FFI, else the socket, else the process; or the one that the constant
 * `LOGTO_SIGN_IN_CARRIER` names.
 */
final class Carriers
{
    public const NAMES = ['ffi', 'socket', 'process'];

    /**
     * @throws CarrierUnavailable
     */
    public static function choose(): Carrier
    {
        foreach (self::wanted() as $name) {
            if (Obstacles::of($name) !== null) {
                continue;
            }

            try {
                return self::open($name);
            } catch (CarrierFailure $failure) {
                // The next carrier may do; the log shows why this one was passed over.
                Log::write('carrier_skipped', $failure->getMessage());
            }
        }

        $reasons = [];
        foreach (self::wanted() as $name) {
            $reasons[] = $name . ': ' . (Obstacles::of($name) ?? 'failed');
        }

        throw new CarrierUnavailable(implode(', ', $reasons));
    }

    /**
     * The first carrier that has nothing in its way, or null.
     */
    public static function available(): null|string
    {
        foreach (self::wanted() as $name) {
            if (Obstacles::of($name) === null) {
                return $name;
            }
        }

        return null;
    }

    public static function socket(): string
    {
        return Constants::text('LOGTO_SIGN_IN_SOCKET');
    }

    /**
     * @return list<string>
     */
    private static function wanted(): array
    {
        $named = Constants::text('LOGTO_SIGN_IN_CARRIER');

        return $named === '' ? self::NAMES : [$named];
    }

    /**
     * @throws CarrierFailure
     */
    private static function open(string $name): Carrier
    {
        return match ($name) {
            'ffi' => FfiCarrier::load(Binary::library()),
            'socket' => new SocketCarrier(self::socket()),
            default => new ProcessCarrier(Binary::program()),
        };
    }
}
