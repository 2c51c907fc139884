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

    /** @var array<string, true> Those that were missing. */
    private static array $missing = [];

    public static function narrow(AccessGranted $granted): void
    {
        self::$missing = [];
        $site = get_current_blog_id();
        $allowed = array_fill_keys($granted->capabilities, true);
        $is_it = static fn(mixed $user_id): bool => is_numeric($user_id) && (int) $user_id === $granted->user_id;
        add_filter('map_meta_cap', static fn(mixed $needed, mixed $capability, mixed $user_id): mixed => $is_it($user_id)
            ? self::map(Input::to_strings($needed), Input::to_string($capability), get_current_blog_id() === $site ? $allowed : [])
            : $needed, PHP_INT_MAX, 3);
        // Another plugin may give capabilities, or take back what was just decided.
        add_filter('user_has_cap', static fn(mixed $has, mixed $_needed, mixed $_arguments, mixed $user): mixed => $user instanceof \WP_User && $is_it($user->ID)
            ? array_intersect_key(Input::to_map($has), $allowed)
            : $has, PHP_INT_MAX, 4);
        if (is_multisite() && !isset($allowed[self::OF_NETWORK_ADMINISTRATORS])) {
            $login = (new \WP_User($granted->user_id))->user_login;
            add_filter('site_option_site_admins', static fn(mixed $logins): array => array_values(array_diff(Input::to_strings($logins), [$login])), PHP_INT_MAX);
        }
    }

    /**
     * The capabilities that were missing in this request.
     *
     * @return list<string>
     */
    public static function missing(): array
    {
        return array_keys(self::$missing);
    }

    /**
     * The capabilities that WordPress wants for one, with the one that nobody has where the token does not allow them. What
     * WordPress allows everybody, such as to edit their own profile and password, the token has to allow by its name.
     *
     * @param list<string> $needed
     * @param array<string, true> $allowed
     *
     * @return list<string>
     */
    private static function map(array $needed, string $capability, array $allowed): array
    {
        $wanted = $needed === [] ? [$capability] : $needed;
        $missing = array_diff($wanted, array_keys($allowed), ['exist', 'do_not_allow']);
        self::$missing += array_fill_keys($missing, true);

        return $missing === [] ? $needed : [...$needed, 'do_not_allow'];
    }
}
