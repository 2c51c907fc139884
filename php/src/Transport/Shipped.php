<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Transport\Native\Binaries;
use LogtoSignIn\Transport\Native\Ffi;
use LogtoSignIn\Transport\Native\Process;
use LogtoSignIn\Transport\Native\Requirements;
use LogtoSignIn\Transport\Native\Socket;

/**
 * The transports in this package. The zip for the plugin directory, which bars programs, is made without the folder `Native`
 * and with another class of this name: `build/directory/Shipped.php`.
 */
final class Shipped
{
    /** Best first. */
    public const NAMES = ['ffi', 'socket', 'process', 'php'];

    /**
     * Why a transport cannot work here: a code of Messages\Rows\Transport, or null.
     */
    public static function unmet(string $transport): null|string
    {
        return match ($transport) {
            'ffi' => Requirements::ffi(),
            'socket' => Requirements::socket(),
            'process' => Requirements::process(),
            'php' => Php::problem(),
            default => 'unknown_transport',
        };
    }

    /**
     * A transport of its own for each operation, of those whose requirements are met.
     *
     * @param float $patience Seconds until the first reply.
     *
     * @throws TransportFailure
     */
    public static function open(string $transport, float $patience): Transport
    {
        return match ($transport) {
            'ffi' => Ffi::load(Binaries::library()),
            'socket' => new Socket(Requirements::socket_path(), $patience),
            'php' => Php::load(),
            default => new Process(Binaries::program(), $patience),
        };
    }

    /**
     * The file or the socket behind a transport.
     */
    public static function place(string $transport): string
    {
        return match ($transport) {
            'ffi' => Binaries::library(),
            'socket' => Requirements::socket_path(),
            'php' => PhpInstance::file('Exports.php'),
            default => Binaries::program(),
        };
    }

    /**
     * Unpacking a zip with WordPress drops the program's executable bit.
     */
    public static function restore(): void
    {
        Binaries::restore(Binaries::program());
    }
}
