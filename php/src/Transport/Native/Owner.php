<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Support\Functions;

/**
 * Who is behind a file or a socket: its owner, the owner of its folder, and everybody who may write to either could have
 * put another one in its place. Secrets go to it, and its word signs people in.
 *
 * Shared hosts disable functions one by one. What cannot be found out is not trusted.
 */
final class Owner
{
    /** Mode bit: everybody may write. In a sticky folder such as /tmp too, everybody may put a file that is not there yet. */
    private const OTHERS_WRITE = 0o002;

    /**
     * Whether only root, the user of this PHP process and the users `$also` can be behind a file or socket. Links are
     * followed: who can replace one is behind it too.
     *
     * @param list<int> $also
     */
    public static function is_trusted(string $path, array $also = []): bool
    {
        $real = Functions::call('realpath', $path);
        if (!is_string($real)) {
            return false;
        }

        $trusted = [SystemUser::ROOT, ...SystemUser::current(), ...$also];
        foreach (array_unique([dirname($path), $real, dirname($real)]) as $place) {
            $facts = SystemUser::facts($place);
            if ($facts === null || !in_array($facts['uid'], $trusted, true) || ($facts['mode'] & self::OTHERS_WRITE) !== 0) {
                return false;
            }
        }

        return true;
    }
}
