<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Providers\Provider;

/**
 * Signing out of WordPress signs out at Logto too, for sessions that began there. DingTalk has no such sign-out. Whatever
 * fails, the ordinary sign-out has happened.
 *
 * Any plugin may sign a visitor out, on any page. So it hangs on the end of the session, and on the redirect that follows.
 */
final class SignOut
{
    private static null|Provider $provider = null;

    /**
     * Action `wp_logout`, before whoever redirects there; and `switch_off_user` of User Switching.
     *
     * @param array<array-key, mixed> $session The session that ended.
     * @param int $user_id Whose session it was.
     */
    public static function begin(array $session, int $user_id = 0): void
    {
        AutoRedirect::forget_sign_in();
        self::$provider = Sessions::signs_out_at($session);
        if (self::$provider !== null) {
            Recorder::signed_out($user_id, self::$provider);
            // The last, so that no other plugin has its way past the provider.
            add_filter('wp_redirect', [self::class, 'redirect'], PHP_INT_MAX);
        }
    }

    /**
     * Filter `wp_redirect`: by way of the provider, then to where the redirect leads, if everybody may be there.
     */
    public static function redirect(mixed $location): mixed
    {
        $provider = self::$provider;
        if ($provider === null || !is_string($location) || $location === '') {
            return $location;
        }

        self::$provider = null;
        remove_filter('wp_redirect', [self::class, 'redirect'], PHP_INT_MAX);
        $outcome = (new Client())->expect(Redirect::class, Operation::SignOut, [
            'provider' => $provider,
            'redirect_to' => $location,
            'signed_out_page' => add_query_arg('loggedout', 'true', wp_login_url()),
            'private' => [admin_url(), network_admin_url(), wp_login_url(), site_url('wp-login.php')],
        ]);
        if ($outcome instanceof Refused) {
            return self::without_provider($outcome->redirect_to === '' ? $location : $outcome->redirect_to);
        }

        Response::prepare();
        Response::set_cookies($outcome->cookies);

        return $outcome->url;
    }

    /**
     * The login page says that the session at the provider may go on.
     */
    private static function without_provider(string $location): string
    {
        return str_starts_with($location, add_query_arg('loggedout', 'true', wp_login_url())) ? add_query_arg(LoginPage::HERE_ONLY, '1', $location) : $location;
    }
}
