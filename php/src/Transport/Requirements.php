<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Input;

/**
 * What each transport needs of the server. Shared hosts disable functions one by one; a function
 * of `disable_functions` does not exist for PHP 8.
 */
final class Requirements
{
    /** The constant that names the user of the service, when that is neither root nor the user of PHP. */
    public const SOCKET_OWNER = 'LOGTO_SIGN_IN_SOCKET_OWNER';

    /**
     * Why a transport cannot work here: a code of Messages\Rows\Transport, or null.
     */
    public static function unmet(string $transport): null|string
    {
        return match ($transport) {
            'ffi' => self::ffi(),
            'socket' => match (true) {
                self::socket() === '' => 'socket_not_configured',
                !function_exists('stream_socket_client') => 'sockets_disabled',
                // @mago-expect lint:no-error-control-operator - "no" is an answer here
                !@file_exists(self::socket()) => 'socket_missing',
                !Owner::is_trusted(self::socket(), SystemUser::named(self::SOCKET_OWNER)) => 'socket_not_trusted',
                default => null,
            },
            'process' => function_exists('proc_open') ? Binaries::program_problem(Binaries::program()) : 'proc_open_disabled',
            'php' => self::php(),
            default => 'unknown_transport',
        };
    }

    public static function socket(): string
    {
        return Constants::text('LOGTO_SIGN_IN_SOCKET');
    }

    /**
     * OpenSSL verifies the signatures; integers of 64 bits are what the translation counts with.
     */
    private static function php(): null|string
    {
        return match (true) {
            strlen(decbin(-1)) !== 64 => 'integers_too_short',
            !function_exists('openssl_verify') || !function_exists('openssl_public_decrypt') => 'openssl_missing',
            !is_file(PhpInstance::file('Exports.php')) => 'engine_missing',
            default => null,
        };
    }

    /**
     * Under `ffi.enable=preload`, PHP's default, only preloaded classes and the command line may use FFI.
     */
    private static function ffi(): null|string
    {
        if (!extension_loaded('ffi')) {
            return 'ffi_missing';
        }

        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        $status = function_exists('opcache_get_status') ? Input::to_map(@opcache_get_status(false)) : [];
        $preloaded = PHP_SAPI === 'cli' || in_array(Ffi::class, Input::strings(Input::map($status, 'preload_statistics'), 'classes'), true);

        return match (strtolower((string) ini_get('ffi.enable'))) {
            '1', 'true', 'on', 'yes' => Binaries::library_problem(Binaries::library()),
            'preload' => $preloaded ? Binaries::library_problem(Binaries::library()) : 'ffi_not_preloaded',
            default => 'ffi_disabled',
        };
    }
}
