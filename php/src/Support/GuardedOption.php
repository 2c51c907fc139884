<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * An option about a site that decides about users. On a network, users belong to all sites, so the network keeps it, in
 * a row of its own for each site: nothing that writes a site's options reaches it.
 */
final class GuardedOption
{
    /**
     * The value for the current site; false when there is none.
     */
    public static function get(string $name): mixed
    {
        return is_multisite() ? get_site_option(self::name($name, get_current_blog_id())) : get_option($name);
    }

    public static function update(string $name, mixed $value, bool $autoload = false): void
    {
        is_multisite() ? update_site_option(self::name($name, get_current_blog_id()), $value) : update_option($name, $value, $autoload);
    }

    public static function delete(string $name): void
    {
        is_multisite() ? delete_site_option(self::name($name, get_current_blog_id())) : delete_option($name);
    }

    /**
     * The name of the network's row.
     */
    public static function name(string $name, int $blog_id): string
    {
        return $name . '_site_' . $blog_id;
    }
}
