<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;

/**
 * A site that shows its pages, feeds, sitemaps and REST API only to its users. Files are served by the web server, which
 * asks nobody, and what other plugins answer to requests of `wp_ajax_nopriv_` is theirs to protect.
 */
final class PrivateSite
{
    /**
     * Before WordPress looks anything up: redirects to a page's address, and answers about feeds, tell that it exists. Later,
     * too, since other plugins can keep WordPress from reading the request.
     */
    public static function close(mixed $wp = null): void
    {
        $wp = $wp instanceof \WP ? $wp : self::request();
        // The REST API is asked further on. Who its user is, WordPress knows only there.
        $is_rest = ($wp->query_vars['rest_route'] ?? '') !== '' && has_action('parse_request', 'rest_api_loaded') !== false;
        if ($is_rest || self::admits()) {
            return;
        }

        if (PublicPaths::have($wp)) {
            // WordPress looks for a page with a similar address where it finds none, and may find a private one.
            add_filter('do_redirect_guess_404_permalink', '__return_false');

            return;
        }

        Response::prepare();
        if (is_user_logged_in()) {
            wp_die(esc_html__('You are signed in, but you are not a user of this site. Ask its administrator to add you.', 'logto-sign-in'), '', 403);
        }

        // The login page that another plugin hides stays hidden.
        $wanted = Site::current_url();
        wp_safe_redirect(LoginPath::is_hidden() && Settings::current()->is_configured() ? StartUrl::build($wanted) : wp_login_url($wanted));

        exit();
    }

    /**
     * Comments are posted to a script of their own.
     */
    public static function comment(): void
    {
        if (!self::admits()) {
            wp_die(esc_html__('This site is private. Sign in first.', 'logto-sign-in'), '', ['response' => 403, 'back_link' => true]);
        }
    }

    /**
     * Whether the visitor is a user of this site. Users of a network are not users of all of its sites.
     */
    public static function admits(): bool
    {
        return is_user_logged_in() && (!is_multisite() || is_super_admin() || is_user_member_of_blog());
    }

    public static function request(): \WP
    {
        // @mago-expect lint:no-global - WordPress keeps the request there
        $wp = $GLOBALS['wp'] ?? null;

        return $wp instanceof \WP ? $wp : new \WP();
    }
}
