<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * The program and the library in `bin/`, and why one of them cannot be used here: a code of Messages\Rows\Transport.
 */
final class Binaries
{
    private const PROGRAM = 'logto-sign-in';

    public static function program(): string
    {
        return self::path('LOGTO_SIGN_IN_BINARY', self::PROGRAM);
    }

    public static function library(): string
    {
        return self::path('LOGTO_SIGN_IN_LIBRARY', 'liblogto_sign_in.so');
    }

    /**
     * Makes the program executable if it is not: unpacking a zip with WordPress drops that bit. Says whether it is now.
     */
    public static function restore(string $program): bool
    {
        $mode = (SystemUser::facts($program)['mode'] ?? 0);
        if (!self::is_executable($program) && $mode !== 0 && Functions::call('chmod', $program, $mode & 0o777 | 0o111) === true) {
            clearstatcache(true, $program);
        }

        return self::is_executable($program);
    }

    public static function program_problem(string $program): null|string
    {
        return match (true) {
            !self::is_reachable($program) => 'open_basedir',
            !is_file($program) => 'binary_missing',
            !Machine::runs($program) => 'wrong_architecture',
            self::is_replaceable($program) => 'binary_not_trusted',
            self::restore($program) => null,
            // Bits are set and still the kernel says no: the file system is mounted noexec.
            ((SystemUser::facts($program)['mode'] ?? 0) & 0o111) === 0o111 => 'noexec',
            default => 'not_executable',
        };
    }

    /**
     * The library runs the native code of the program beside it.
     */
    public static function library_problem(string $library): null|string
    {
        $program = dirname($library) . '/' . self::PROGRAM;

        return match (true) {
            !self::is_reachable($library) => 'open_basedir',
            !is_file($library) => 'library_missing',
            !Machine::runs($library) => 'wrong_architecture',
            self::is_replaceable($library) => 'binary_not_trusted',
            !is_file($program) => 'binary_missing',
            self::is_replaceable($program) => 'binary_not_trusted',
            default => null,
        };
    }

    /**
     * A file of this package for a machine, by its number in {@see Machine}. Files for x86-64 are in `bin/` itself.
     */
    public static function shipped(string $file, null|int $machine): string
    {
        $own = Plugin::path('bin/aarch64/' . $file);

        return $machine === Machine::AARCH64 && is_file($own) ? $own : Plugin::path('bin/' . $file);
    }

    /**
     * Whether others than those who can replace the plugin's own code can replace a file: its owner often uploads the plugin.
     * Where everybody can replace that code, refusing a file would protect nothing.
     */
    private static function is_replaceable(string $file): bool
    {
        $code = Plugin::path('logto-sign-in.php');
        $uploader = SystemUser::owner_of($code);

        return !Owner::is_trusted($file, $uploader) && Owner::is_trusted($code, $uploader);
    }

    /**
     * Where PHP may not ask, starting the program tells.
     */
    private static function is_executable(string $program): bool
    {
        return Functions::call('is_executable', $program) !== false;
    }

    private static function is_reachable(string $file): bool
    {
        $allowed = array_filter(explode(PATH_SEPARATOR, Input::to_string(Functions::call('ini_get', 'open_basedir'))));
        $within = array_filter($allowed, static fn(string $folder): bool => str_starts_with($file, $folder));

        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        return $allowed === [] || $within !== [] || @file_exists($file);
    }

    private static function path(string $constant, string $file): string
    {
        $named = Constants::text($constant);

        return $named === '' ? self::shipped($file, Machine::of_server()) : $named;
    }
}
