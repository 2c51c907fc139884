<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Plugin;

/**
 * The program and the library in `bin/`. Unpacking a zip with WordPress takes the program's executable bit away.
 */
final class Binary
{
    /** `e_machine` of an ELF header, per name of the machine. */
    private const MACHINES = ['x86_64' => 62, 'amd64' => 62, 'aarch64' => 183, 'arm64' => 183];

    public static function program(): string
    {
        return self::place('LOGTO_SIGN_IN_BINARY', 'logto-sign-in');
    }

    public static function library(): string
    {
        return self::place('LOGTO_SIGN_IN_LIBRARY', 'liblogto_sign_in.so');
    }

    /**
     * Makes the program executable again if it is not, and says whether it is now.
     */
    public static function restore(string $program): bool
    {
        clearstatcache(true, $program);
        if (is_executable($program)) {
            return true;
        }

        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        $mode = @fileperms($program);
        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        if ($mode === false || !@chmod($program, $mode & 0o777 | 0o111)) {
            return false;
        }

        clearstatcache(true, $program);

        return is_executable($program);
    }

    /**
     * Why the program cannot run here: a code of Admin\TransportLabels, or null.
     */
    public static function obstacle(string $program): null|string
    {
        return match (true) {
            !self::is_reachable($program) => 'open_basedir',
            !is_file($program) => 'binary_missing',
            !self::fits($program) => 'wrong_architecture',
            self::restore($program) => null,
            // Bits are set and still the kernel says no: the file system is mounted noexec.
            // @mago-expect lint:no-error-control-operator - "no" is an answer here
            ((int) @fileperms($program) & 0o111) === 0o111 => 'noexec',
            default => 'not_executable',
        };
    }

    /**
     * Why the library cannot be loaded here, or null.
     */
    public static function library_obstacle(string $library): null|string
    {
        return match (true) {
            !self::is_reachable($library) => 'open_basedir',
            !is_file($library) => 'library_missing',
            !self::fits($library) => 'wrong_architecture',
            default => null,
        };
    }

    /**
     * Whether the file's ELF header names this machine; a machine that is not on the list may try.
     */
    private static function fits(string $file): bool
    {
        $machine = self::MACHINES[strtolower(php_uname('m'))] ?? null;
        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        $header = (string) @file_get_contents($file, false, null, 0, 20);
        $elf = str_starts_with($header, "\x7FELF") && strlen($header) === 20;
        if (PHP_OS_FAMILY !== 'Linux' || !$elf) {
            return false;
        }

        return $machine === null || $machine === ord($header[18]) + 256 * ord($header[19]);
    }

    private static function is_reachable(string $file): bool
    {
        $allowed = array_filter(explode(PATH_SEPARATOR, (string) ini_get('open_basedir')));
        foreach ($allowed as $folder) {
            if (str_starts_with($file, $folder)) {
                return true;
            }
        }

        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        return $allowed === [] || @file_exists($file);
    }

    private static function place(string $constant, string $file): string
    {
        $named = Constants::text($constant);

        return $named === '' ? Plugin::path('bin/' . $file) : $named;
    }
}
