<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The sites of a network.
 */
final class Network
{
    /**
     * Does something on a site, and comes back to the current one whatever happens.
     *
     * @template T
     *
     * @param callable(): T $work
     *
     * @return T
     */
    public static function on_site(int $site, callable $work): mixed
    {
        if (!is_multisite() || $site === get_current_blog_id()) {
            return $work();
        }

        switch_to_blog($site);
        try {
            return $work();
        } finally {
            restore_current_blog();
        }
    }
}
