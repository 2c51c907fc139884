<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Request;
use LogtoSignIn\Transport\Transports;

/**
 * WordPress's login page: on to the provider at once when nothing speaks against it, else buttons beside the form.
 */
final class LoginPage
{
    /** The parameter after a session that the provider no longer confirmed. */
    public const SESSION_ENDED = 'logto_ended';

    /** The parameter after a sign-out that the provider does not know of. */
    public const HERE_ONLY = 'logto_here_only';

    public static function open(): void
    {
        if (Request::has(self::SESSION_ENDED)) {
            self::show_error('session_ended', 'message');
        }

        if (Request::has(self::HERE_ONLY)) {
            self::show_error('signed_out_here_only', 'message');
        }


        $has_form = PasswordLogin::is_available();
        $has_transport = Transports::available() !== null;
        if (!Settings::current()->is_configured() || LogtoPlugin::acts() || $has_form && !$has_transport && !Transports::have_failed()) {
            return;
        }

        $has_transport ? self::offer() : self::show_error('transport_unavailable');
        LoginStyle::enqueue();
        if (!$has_form) {
            add_filter('login_body_class', static fn(array $classes): array => [...$classes, 'logto-form-off']);
        }
    }

    private static function offer(): void
    {
        match (AutoRedirect::decide()) {
            Decision::Redirect => self::start(),
            Decision::Wait => self::wait(),
            Decision::LoopDetected => self::show_error('session_lost'),
            Decision::ShowForm => null,
        };

        LoginButtons::offer();
    }

    private static function wait(): never
    {
        Response::prepare();
        Response::nothing();

        exit();
    }

    /**
     * A start that fails leaves the visitor on the login page, with the reason.
     */
    private static function start(): void
    {
        Response::prepare();
        $outcome = (new Client())->run(Operation::Start, StartUrl::read());
        if ($outcome instanceof Outcome\Redirect) {
            Response::redirect($outcome);

            exit();
        }

        if ($outcome instanceof Outcome\DingtalkAppPage) {
            DingtalkAppPage::show($outcome);

            exit();
        }

        if ($outcome instanceof Outcome\Refused) {
            Response::set_cookies($outcome->cookies);
        }

        self::show_error($outcome instanceof Outcome\Refused ? $outcome->code : 'protocol_error');
    }

    /**
     * @param string $severity `error`, or `message` for what is no mistake, as WordPress calls them.
     */
    private static function show_error(string $code, string $severity = 'error'): void
    {
        add_filter('wp_login_errors', static function (mixed $errors) use ($code, $severity): \WP_Error {
            $errors = $errors instanceof \WP_Error ? $errors : new \WP_Error();
            $errors->add('logto_' . $code, esc_html(Catalog::of($code)->message), $severity);

            return $errors;
        });
    }
}
