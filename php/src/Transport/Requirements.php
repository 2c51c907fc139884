<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;

/**
 * What each transport needs of the server. Whether it works, only an answer tells: see {@see Transports}.
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
                !Functions::exist('stream_socket_client') => 'sockets_disabled',
                !Functions::exist(...LineStream::FUNCTIONS) => 'streams_disabled',
                // @mago-expect lint:no-error-control-operator - "no" is an answer here
                !@file_exists(self::socket()) => 'socket_missing',
                !Owner::is_trusted(self::socket(), SystemUser::named(self::SOCKET_OWNER)) => 'socket_not_trusted',
                default => null,
            },
            'process' => match (true) {
                !Functions::exist('proc_open') => 'proc_open_disabled',
                !Functions::exist(...LineStream::FUNCTIONS) => 'streams_disabled',
                default => Binaries::program_problem(Binaries::program()),
            },
            'php' => Php::problem(),
            default => 'unknown_transport',
        };
    }

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

        return $named === '' ? Transports::NAMES : [$named];
    }

    /**
     * Those of them whose requirements are met, each looked at when it is needed.
     *
     * @return \Generator<int, string>
     */
    public static function met(): \Generator
    {
        foreach (self::wanted() as $name) {
            if (self::unmet($name) !== null) {
                continue;
            }

            yield $name;
        }
    }

    public static function socket(): string
    {
        return Constants::text('LOGTO_SIGN_IN_SOCKET');
    }

    /**
     * Under `ffi.enable=preload`, PHP's default, only preloaded classes and the command line may use FFI.
     */
    private static function ffi(): null|string
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
}
