<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Settings\Settings;

/**
 * Leads whoever activates the plugin on the page of plugins to the set-up page. Nobody is led who activates several plugins
 * at once, by a program, or for a network.
 */
final class Welcome
{
    public static function prepare(): void
    {
        if (is_admin() && !is_network_admin() && !wp_doing_ajax() && !Settings::current()->is_configured() && Page::is_allowed()) {
            add_filter('wp_redirect', [self::class, 'redirect']);
        }
    }

    /**
     * Filter `wp_redirect`: WordPress says on the page of plugins that one was activated.
     */
    public static function redirect(mixed $location): mixed
    {
        return is_string($location) && preg_match('~[?&]activate=true(?:&|$)~', $location) === 1 ? Page::url() : $location;
    }
}
