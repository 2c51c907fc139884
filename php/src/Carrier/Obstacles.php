<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

use LogtoSignIn\Support\Input;

/**
 * Why a carrier cannot work on this server.
 */
final class Obstacles
{
    /**
     * What stands in the way of a carrier (a function of `disable_functions` does not exist for PHP 8): a code of Admin\TransportLabels, or null.
     */
    public static function of(string $name): null|string
    {
        return match ($name) {
            'ffi' => self::ffi_obstacle(),
            'socket' => self::socket_obstacle(),
            'process' => function_exists('proc_open') ? Binary::obstacle(Binary::program()) : 'proc_open_disabled',
            default => 'unknown_carrier',
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
        if (!function_exists('opcache_get_status')) {
            return [];
        }

        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        $status = Input::to_map(@opcache_get_status(false));

        return Input::strings(Input::map($status, 'preload_statistics'), 'classes');
    }

    private static function socket_obstacle(): null|string
    {
        return match (true) {
            Carriers::socket() === '' => 'socket_not_configured',
            !function_exists('stream_socket_client') => 'sockets_disabled',
            // @mago-expect lint:no-error-control-operator - "no" is an answer here
            !@file_exists(Carriers::socket()) => 'socket_missing',
            default => null,
        };
    }
}
