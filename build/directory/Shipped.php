<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * The transports in this package, which is made for the plugin directory: the PHP engine alone. The full package, a zip
 * beside the sources, also has a program and a library for Linux.
 */
final class Shipped
{
    /** Best first. */
    public const NAMES = ['php'];

    /**
     * Why a transport cannot work here: a code of Messages\Rows\Transport, or null.
     */
    public static function unmet(string $transport): null|string
    {
        return $transport === 'php' ? Php::problem() : 'transport_not_shipped';
    }

    /**
     * A transport of its own for each operation.
     *
     * @throws TransportFailure
     */
    public static function open(string $_transport, float $_patience): Transport
    {
        return Php::load();
    }

    /**
     * The file behind a transport.
     */
    public static function place(string $_transport): string
    {
        return PhpInstance::file('Exports.php');
    }

    /**
     * There is no program to make executable.
     */
    public static function restore(): void
    {
    }
}
