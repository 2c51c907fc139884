<?php

declare(strict_types=1);

namespace LogtoSignIn\Api;

use LogtoSignIn\Protocol\Outcome\AccessGranted;
use LogtoSignIn\Support\Input;

/**
 * What the user of an access token may do in this request: what the user may do, as far as the token's scopes allow it.
 */
final class Capabilities
{
    /** A network's administrators are more than users with capabilities: plugins ask whether somebody is one. */
    private const OF_NETWORK_ADMINISTRATORS = 'manage_network';

    private static null|AccessGranted $granted = null;

    private static int $site = 0;

    /** @var array<string, true> Those that were missing. */
    private static array $missing = [];

    public static function narrow(AccessGranted $granted): void
    {
        self::$granted = $granted;
        self::$site = get_current_blog_id();
        // The last word: another plugin may give capabilities, or take back what was decided here.
        add_filter('map_meta_cap', [self::class, 'map'], PHP_INT_MAX, 3);
        add_filter('user_has_cap', [self::class, 'keep'], PHP_INT_MAX, 4);
        if (is_multisite() && !in_array(self::OF_NETWORK_ADMINISTRATORS, $granted->capabilities, true)) {
            add_filter('site_option_site_admins', [self::class, 'without_user'], PHP_INT_MAX);
        }
    }

    public static function release(): void
    {
        self::$granted = null;
        remove_filter('map_meta_cap', [self::class, 'map'], PHP_INT_MAX);
        remove_filter('user_has_cap', [self::class, 'keep'], PHP_INT_MAX);
        remove_filter('site_option_site_admins', [self::class, 'without_user'], PHP_INT_MAX);
    }

    /**
     * Before a route is asked: what WordPress looked at until then says nothing about the route.
     */
    public static function watch(): void
    {
        self::$missing = [];
    }

    /**
     * The capabilities that were missing since.
     *
     * @return list<string>
     */
    public static function missing(): array
    {
        return array_keys(self::$missing);
    }

    /**
     * For the filter `map_meta_cap`: the capabilities that WordPress wants for one, with the one that nobody has where the
     * token does not allow them. What WordPress allows everybody, such as to edit their own profile and password, the token
     * has to allow by its name.
     */
    public static function map(mixed $needed, mixed $capability, mixed $user_id): mixed
    {
        if (!self::is_user($user_id)) {
            return $needed;
        }

        $needed = Input::to_strings($needed);
        $wanted = $needed === [] ? [Input::to_string($capability)] : $needed;
        $missing = array_diff($wanted, self::allowed(), ['exist', 'do_not_allow']);
        self::$missing += array_fill_keys($missing, true);

        return $missing === [] ? $needed : [...$needed, 'do_not_allow'];
    }

    /**
     * For the filter `user_has_cap`.
     */
    public static function keep(mixed $has, mixed $_needed, mixed $_arguments, mixed $user): mixed
    {
        return $user instanceof \WP_User && self::is_user($user->ID) ? array_intersect_key(Input::to_map($has), array_flip(self::allowed())) : $has;
    }

    /**
     * For the filter `site_option_site_admins`.
     */
    public static function without_user(mixed $logins): mixed
    {
        return array_values(array_diff(Input::to_strings($logins), [(new \WP_User(self::$granted->user_id ?? 0))->user_login]));
    }

    private static function is_user(mixed $user_id): bool
    {
        return self::$granted !== null && is_numeric($user_id) && (int) $user_id === self::$granted->user_id;
    }

    /**
     * On another site of the network, the token allows nothing.
     *
     * @return list<string>
     */
    private static function allowed(): array
    {
        return get_current_blog_id() === self::$site ? self::$granted->capabilities ?? [] : [];
    }
}
