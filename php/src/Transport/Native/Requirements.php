<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;

/**
 * What the library, the service and the program need of the server: each method gives why one cannot work here, a code of
 * Messages\Rows\Transport, or null.
 */
final class Requirements
{
    /** The constant that names the user of the service, when that is neither root nor the user of PHP. */
    public const SOCKET_OWNER = 'LOGTO_SIGN_IN_SOCKET_OWNER';

    /**
     * Under `ffi.enable=preload`, PHP's default, only preloaded classes and the command line may use FFI.
     */
    public static function ffi(): null|string
    {
        if (!extension_loaded('ffi')) {
            return 'ffi_missing';
        }

        $status = Input::to_map(Functions::call('opcache_get_status', false));
        $preloaded = PHP_SAPI === 'cli' || in_array(Ffi::class, Input::strings(Input::map($status, 'preload_statistics'), 'classes'), true);

        return match (strtolower(Input::to_string(Functions::call('ini_get', 'ffi.enable')))) {
            '1', 'true', 'on', 'yes' => Binaries::library_problem(Binaries::library()),
            'preload' => $preloaded ? Binaries::library_problem(Binaries::library()) : 'ffi_not_preloaded',
            default => 'ffi_disabled',
        };
    }

    public static function socket(): null|string
    {
        return match (true) {
            self::socket_path() === '' => 'socket_not_configured',
            !Functions::exist('stream_socket_client') => 'sockets_disabled',
            !Functions::exist(...LineStream::FUNCTIONS) => 'streams_disabled',
            // @mago-expect lint:no-error-control-operator - "no" is an answer here
            !@file_exists(self::socket_path()) => 'socket_missing',
            !Owner::is_trusted(self::socket_path(), SystemUser::named(self::SOCKET_OWNER)) => 'socket_not_trusted',
            default => null,
        };
    }

    public static function process(): null|string
    {
        return match (true) {
            !Functions::exist('proc_open') => 'proc_open_disabled',
            !Functions::exist(...LineStream::FUNCTIONS) => 'streams_disabled',
            default => Binaries::program_problem(Binaries::program()),
        };
    }

    public static function socket_path(): string
    {
        return Constants::text('LOGTO_SIGN_IN_SOCKET');
    }
}
