<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;

/**
 * Kinds of processors, by their numbers in the headers of programs and libraries for Linux (`e_machine` of ELF).
 */
final class Machine
{
    public const AARCH64 = 183;

    /** By the names that kernels have for them. */
    private const NUMBERS = ['x86_64' => 62, 'amd64' => 62, 'aarch64' => self::AARCH64, 'arm64' => self::AARCH64];

    /**
     * That of this server. Where PHP may not say what it runs on, the header of its own program does; null where neither tells.
     */
    public static function of_server(): null|int
    {
        $name = strtolower(Input::to_string(Functions::call('php_uname', 'm')));

        return self::NUMBERS[$name] ?? self::of_file('/proc/self/exe');
    }

    /**
     * That of a program or a library; null where the file is neither.
     */
    public static function of_file(string $file): null|int
    {
        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        $header = (string) @file_get_contents($file, false, null, 0, 20);

        return str_starts_with($header, "\x7FELF") && strlen($header) === 20 ? ord($header[18]) + 256 * ord($header[19]) : null;
    }

    /**
     * Whether the header of a file names this server's machine; an unknown machine may try.
     */
    public static function runs(string $file): bool
    {
        [$needed, $machine] = [self::of_file($file), self::of_server()];

        return PHP_OS_FAMILY === 'Linux' && $needed !== null && ($machine === null || $machine === $needed);
    }
}
