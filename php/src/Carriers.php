<?php

declare(strict_types=1);

namespace LogtoSignIn;

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
            if (self::obstacle($name) !== null) {
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
            $reasons[] = $name . ': ' . (self::obstacle($name) ?? 'failed');
        }

        throw new CarrierUnavailable(implode(', ', $reasons));
    }

    /**
     * The first carrier that has nothing in its way, or null.
     */
    public static function available(): null|string
    {
        foreach (self::wanted() as $name) {
            if (self::obstacle($name) === null) {
                return $name;
            }
        }

        return null;
    }

    /**
     * What stands in the way of a carrier: a code of {@see CarrierWords}, or null.
     */
    public static function obstacle(string $name): null|string
    {
        return match ($name) {
            'ffi' => self::ffi_obstacle(),
            'socket' => self::socket_obstacle(),
            'process' => self::is_callable('proc_open') ? Binary::obstacle(Binary::program()) : 'proc_open_disabled',
            default => 'unknown_carrier',
        };
    }

    public static function socket(): string
    {
        $path = defined('LOGTO_SIGN_IN_SOCKET') ? constant('LOGTO_SIGN_IN_SOCKET') : null;

        return is_string($path) ? $path : '';
    }

    /**
     * @return list<string>
     */
    private static function wanted(): array
    {
        $named = defined('LOGTO_SIGN_IN_CARRIER') ? constant('LOGTO_SIGN_IN_CARRIER') : null;

        return is_string($named) && $named !== '' ? [$named] : self::NAMES;
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

    /**
     * Under `ffi.enable=preload`, only preloaded classes may use FFI, and the command line.
     */
    private static function ffi_obstacle(): null|string
    {
        if (!extension_loaded('ffi')) {
            return 'ffi_missing';
        }

        $preloaded = PHP_SAPI === 'cli' || in_array(FfiCarrier::class, self::preloaded(), true);

        return match (strtolower((string) ini_get('ffi.enable'))) {
            '1', 'true', 'on', 'yes' => Binary::library_obstacle(Binary::library()),
            'preload' => $preloaded ? Binary::library_obstacle(Binary::library()) : 'ffi_not_preloaded',
            default => 'ffi_disabled',
        };
    }

    /**
     * @return list<string>
     */
    private static function preloaded(): array
    {
        if (!self::is_callable('opcache_get_status')) {
            return [];
        }

        $status = Fields::of(@opcache_get_status(false));

        return Fields::texts(Fields::map($status, 'preload_statistics'), 'classes');
    }

    private static function socket_obstacle(): null|string
    {
        return match (true) {
            self::socket() === '' => 'socket_not_configured',
            !self::is_callable('stream_socket_client') => 'sockets_disabled',
            !@file_exists(self::socket()) => 'socket_missing',
            default => null,
        };
    }

    /**
     * A function named in `disable_functions` does not exist for PHP 8.
     */
    private static function is_callable(string $function): bool
    {
        return function_exists($function);
    }
}
