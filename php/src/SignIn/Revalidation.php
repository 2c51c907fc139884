<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Memberships;
use LogtoSignIn\Accounts\Renewals;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SessionChecked;
use LogtoSignIn\Protocol\Renewal;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Request;

/**
 * Asks the provider about the session of this request again, when it is time: after the page, or before it if nobody has
 * opened a page for so long. It costs only those whose session is due.
 */
final class Revalidation
{
    /** Seconds until another try when the core could not be asked. */
    private const PAUSE_SECS = 60;

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
        if (get_current_user_id() !== $user_id || self::check($user_id, $token)?->ended === null) {
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
        self::check($user_id, $token);
    }

    /**
     * Of requests at once, one asks: a refresh token counts once (RFC 9700 §4.14.2). The others go on as before.
     */
    public static function check(int $user_id, string $token): null|SessionChecked
    {
        return Lock::hold('renewal_' . hash('sha256', $token), static fn(): null|SessionChecked => self::ask($user_id, $token), static fn(): null => null, 0);
    }

    private static function ask(int $user_id, string $token): null|SessionChecked
    {
        wp_cache_delete($user_id, 'user_meta');
        $renewal = Renewals::of($user_id, $token);
        if ($renewal === null || $renewal->check_after > time()) {
            // Another request has asked meanwhile, or the session is over.
            return null;
        }

        $site = Renewals::site($user_id, $token);
        $is_elsewhere = is_multisite() && $site !== get_current_blog_id();
        if ($is_elsewhere) {
            switch_to_blog($site);
        }

        try {
            return self::ask_here($user_id, $token, $renewal, $site);
        } finally {
            if ($is_elsewhere) {
                restore_current_blog();
            }

            // The request goes on with the roles of now.
            $current = wp_get_current_user();
            if ($current->ID === $user_id) {
                $current->for_site(get_current_blog_id());
            }
        }
    }

    private static function ask_here(int $user_id, string $token, Renewal $before, int $site): null|SessionChecked
    {
        $input = ['user_id' => $user_id, 'sealed' => $before->sealed];
        $outcome = (new Client(new Handler()))->expect(SessionChecked::class, Operation::Revalidate, $input);
        if ($outcome instanceof SessionChecked && $outcome->ended !== null) {
            return self::end($outcome, $user_id, $token, $before);
        }

        // A core that cannot be asked says nothing about the session. What comes next is kept first: the old token is spent.
        $later = new Renewal($before->sealed, time() + self::PAUSE_SECS, time() + 2 * self::PAUSE_SECS);
        Renewals::keep($user_id, $token, ($outcome instanceof SessionChecked ? $outcome->renewal : null) ?? $later, $site);
        if ($outcome instanceof Refused) {
            return null;
        }

        $user = new \WP_User($user_id);
        if ($outcome->roles !== null) {
            Roles::take_back($user, $outcome->roles, $outcome->issuer_hash);
            Roles::give($user, $outcome->roles, $outcome->issuer_hash);
        }

        if ($outcome->sites !== null) {
            Memberships::take_back($user_id, $outcome->sites, $outcome->issuer_hash);
            Memberships::give($user_id, $outcome->sites, $outcome->issuer_hash);
        }

        return $outcome;
    }

    private static function end(SessionChecked $outcome, int $user_id, string $token, Renewal $before): null|SessionChecked
    {
        wp_cache_delete($user_id, 'user_meta');
        $now = Renewals::of($user_id, $token);
        if ($now !== null && $now->sealed !== $before->sealed) {
            // A database server without locks let another request spend the token first, and that one was confirmed.
            return null;
        }

        \WP_Session_Tokens::get_instance($user_id)->destroy($token);
        Recorder::record(new Event(Kind::SignedOut, (string) $outcome->ended, Provider::Logto, $user_id));

        return $outcome;
    }
}
