<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Request;

/**
 * Asks the provider about the session of this request again, when it is time: after the page, or before it if nobody has
 * opened a page for so long. It costs only those whose session is due.
 */
final class Revalidation
{
    private static bool $is_planned = false;

    /**
     * From php/hooks/sign_out.php, once a cookie has proved to be of this session.
     */
    public static function plan(int $user_id, string $token, int $check_by): void
    {
        if (self::$is_planned) {
            return;
        }

        self::$is_planned = true;
        $check_by <= time() && did_action('init') === 0
            ? add_action('init', static fn() => self::before_page($user_id, $token), PHP_INT_MIN)
            : add_action('shutdown', static fn() => self::after_page($user_id, $token), PHP_INT_MAX);
    }

    /**
     * Nobody is shown a page by a session that is over.
     */
    public static function before_page(int $user_id, string $token): void
    {
        if (get_current_user_id() !== $user_id || SessionCheck::perform($user_id, $token)?->ended === null) {
            return;
        }

        wp_clear_auth_cookie();
        wp_set_current_user(0);
        // A script learns it from WordPress's own answer, as at the end of any session.
        if (!wp_doing_ajax() && Request::reads() && str_contains(Request::server('HTTP_ACCEPT'), 'text/html')) {
            Response::prepare();
            $here = sanitize_url(LoginPath::origin(home_url('/')) . Request::server('REQUEST_URI'));
            wp_safe_redirect(add_query_arg(LoginPage::SESSION_ENDED, '1', wp_login_url($here)), 302, 'Logto Sign-In');

            exit();
        }
    }

    public static function after_page(int $user_id, string $token): void
    {
        Functions::call('fastcgi_finish_request');
        SessionCheck::perform($user_id, $token);
    }
}
