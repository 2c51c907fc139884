<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Functions;

/**
 * PHP's own compiler to machine code. Its tracing mode makes mistakes in functions as long as those of the core, such as
 * “Undefined variable” for one that has a value, so it is off while the core runs.
 */
final class PhpJit
{
    /**
     * Runs something without it.
     *
     * @template T
     *
     * @param callable(): T $run
     *
     * @return T
     */
    public static function paused(callable $run): mixed
    {
        // @mago-expect lint:no-ini-set - there is no other switch, and it is turned back
        $before = self::is_on() ? ini_set('opcache.jit', 'off') : false;
        try {
            return $run();
        } finally {
            if (is_string($before)) {
                // @mago-expect lint:no-ini-set - see above
                ini_set('opcache.jit', $before);
            }
        }
    }

    /**
     * "disable" cannot be changed later.
     */
    private static function is_on(): bool
    {
        return Functions::exist('ini_get', 'ini_set') && !in_array(ini_get('opcache.jit'), [false, '', '0', 'disable', 'off'], true);
    }
}
