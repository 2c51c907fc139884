<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\ErrorPage;
use LogtoSignIn\SignIn\LoginRedirect;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * Connects an account that exists to the identity of a visitor, once its owner has proved and confirmed that. The core
 * keeps what waits in a cookie and judges each step; WordPress's own login form, with whatever guards it, proves the account.
 */
final class Connect
{
    /** The cookie's name is the core's (`CONNECT_COOKIE` in `wasm/src/flow/attempt.rs`). */
    public const COOKIE = 'wordpress_logto_connect';

    /** The field of the form, and the choices that it has. */
    public const CHOICE = 'logto_choice';
    private const CHOICES = ['connect', 'mail', 'separate', 'cancel'];

    private const BY = 'Logto Sign-In';

    public static function run(): void
    {
        $choice = Request::reads() ? '' : Request::posted(self::CHOICE);
        if (!Request::reads() && (!in_array($choice, self::CHOICES, true) || wp_verify_nonce(Request::posted('_wpnonce'), self::nonce_action()) === false)) {
            Log::write('connect_expired', 'the form of the page has no choice, or not the nonce of this browser');
            ErrorPage::show(Client::refuse('connect_expired'));

            return;
        }

        $user_id = get_current_user_id();
        self::finish((new Client(new Handler()))->run(Operation::Connect, [
            'choice' => $choice === '' ? null : $choice,
            'user_id' => $user_id > 0 ? $user_id : null,
            'proven_at' => $user_id > 0 ? SessionProof::proven_at($user_id) : null,
            'code' => Request::text('code'),
            'cookies' => (object) Request::cookies(),
        ]));
    }

    /**
     * The end of a connection that was made.
     */
    public static function linked(Outcome\IdentityLinked $outcome): void
    {
        Response::set_cookies($outcome->cookies);
        unset($_COOKIE[self::COOKIE]);
        $user = get_userdata($outcome->user_id);
        $url = match (true) {
            $outcome->sign_in => StartUrl::build($outcome->redirect_to, $outcome->provider),
            $user === false, $outcome->redirect_to === Link::url('linked') => $outcome->redirect_to,
            default => LoginRedirect::of($user, $outcome->redirect_to),
        };
        wp_safe_redirect($url, 302, self::BY);
    }

    /**
     * Filter `login_redirect`, the last: whoever logs in while a connection waits is asked to confirm it, whatever other
     * plugins do with the way there.
     */
    public static function redirect(mixed $redirect_to, mixed $user): mixed
    {
        return $user instanceof \WP_User ? Site::connect_uri() : $redirect_to;
    }

    /**
     * Bound to the cookie: the nonces of visitors who are not signed in are the same for all of them.
     */
    public static function nonce_action(): string
    {
        return 'logto_sign_in_connect_' . hash('sha256', Request::cookies()[self::COOKIE] ?? '');
    }

    private static function finish(Outcome\Outcome $outcome): void
    {
        match (true) {
            $outcome instanceof Outcome\ConnectPage => ConnectPage::show($outcome),
            $outcome instanceof Outcome\IdentityLinked => self::linked($outcome),
            // To the provider for an account of one's own, or away without a change.
            $outcome instanceof Outcome\Redirect => Response::redirect(Link::not_linked($outcome)),
            $outcome instanceof Outcome\Refused => ErrorPage::show($outcome, null, self::retry_url($outcome->redirect_to)),
            // No core of this version ends the operation in another way.
            default => ErrorPage::show(Client::refuse('protocol_error')),
        };
    }

    /**
     * Users who are signed in begin again on their profile page: an ordinary sign-in would leave their session.
     */
    private static function retry_url(string $redirect_to): string
    {
        $profile = Link::retry_url($redirect_to);

        return $profile === '' && is_user_logged_in() ? admin_url('profile.php#logto-ways') : $profile;
    }
}
