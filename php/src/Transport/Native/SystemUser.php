<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;

/**
 * Users of the operating system, by number. Each method gives a list that is empty when PHP may not know.
 */
final class SystemUser
{
    public const ROOT = 0;

    /** `SO_PEERCRED` on Linux, for which PHP has no name. */
    private const SO_PEERCRED = 17;

    /**
     * The user of this PHP process.
     *
     * @return list<int>
     */
    public static function current(): array
    {
        $user = Functions::call('posix_geteuid');

        return is_int($user) ? [$user] : self::owner_of('/proc/self');
    }

    /**
     * The user whom a constant names or numbers.
     *
     * @return list<int>
     */
    public static function named(string $constant): array
    {
        $name = Constants::text($constant);
        if (ctype_digit($name)) {
            return [(int) $name];
        }

        $user = $name === '' ? [] : Input::to_map(Functions::call('posix_getpwnam', $name));

        return isset($user['uid']) ? [Input::int($user, 'uid')] : [];
    }

    /**
     * The owner of a file.
     *
     * @return list<int>
     */
    public static function owner_of(string $path): array
    {
        $facts = self::facts($path);

        return $facts === null ? [] : [$facts['uid']];
    }

    /**
     * The user of the process that listens at the other end of a Unix socket. The kernel tells the user, but PHP reads only
     * the first member of what it says, the process ID.
     *
     * @param resource $stream
     *
     * @return list<int>
     */
    public static function listening_on(mixed $stream): array
    {
        $socket = PHP_OS_FAMILY === 'Linux' ? Functions::call('socket_import_stream', $stream) : null;
        $process = $socket instanceof \Socket ? Functions::call('socket_get_option', $socket, SOL_SOCKET, self::SO_PEERCRED) : false;

        // A process of another container has no number here.
        return is_int($process) && $process > 0 ? self::owner_of('/proc/' . $process) : [];
    }

    /**
     * @return null|array{uid: int, mode: int}
     */
    public static function facts(string $path): null|array
    {
        clearstatcache(true, $path);
        $facts = Input::to_map(Functions::call('stat', $path));

        return isset($facts['uid'], $facts['mode']) ? ['uid' => Input::int($facts, 'uid'), 'mode' => Input::int($facts, 'mode')] : null;
    }
}
