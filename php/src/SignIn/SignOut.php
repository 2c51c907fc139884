<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * Signing out of WordPress signs out at Logto too, for sessions that began there. DingTalk has no such
 * sign-out, and nothing else to offer. Whatever fails, the ordinary sign-out has happened.
 */
final class SignOut
{
    private static bool $ours = false;

    /**
     * Before WordPress destroys the session: where did it begin?
     */
    public static function note(): void
    {
        $session = \WP_Session_Tokens::get_instance(get_current_user_id())->get(wp_get_session_token());
        self::$ours = is_array($session)
            && Input::string($session, SignIn::SESSION_KEY) !== ''
            && SignIn::provider_of($session) === Provider::Logto;
        AutoRedirect::forget_sign_in();
    }

    /**
     * Filter `logout_redirect`: by way of the provider, then to where WordPress wanted to go.
     */
    public static function redirect(mixed $redirect_to, mixed $requested): mixed
    {
        if (!self::$ours || !is_string($redirect_to)) {
            return $redirect_to;
        }

        self::$ours = false;
        $input = ['redirect_to' => is_string($requested) && $requested !== '' ? $requested : $redirect_to];
        $outcome = (new Client())->expect(Redirect::class, Operation::SignOut, $input);
        if ($outcome instanceof Refused) {
            return $redirect_to;
        }

        Response::prepare();
        Response::set_cookies($outcome->cookies);
        if ($outcome->external) {
            add_filter('allowed_redirect_hosts', Response::allow_host($outcome->url));
        }

        return $outcome->url;
    }
}
