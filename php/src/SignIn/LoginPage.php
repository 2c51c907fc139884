<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Carrier\Carriers;
use LogtoSignIn\Core\Runner;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Words\Messages;

/**
 * WordPress's login page: on to the provider at once when nothing speaks against it, else buttons beside the form.
 */
final class LoginPage
{
    public static function open(): void
    {
        if (!Settings::current()->is_configured() || LogtoPlugin::acts() || Carriers::available() === null) {
            return;
        }

        match (AutoRedirect::decide()) {
            Decision::Redirect => self::start(),
            Decision::LoopDetected => self::show_error('session_lost'),
            Decision::ShowForm => null,
        };

        wp_enqueue_style('logto-sign-in', Plugin::url('assets/login.css'), [], Plugin::VERSION);
        add_filter('login_message', [LoginButtons::class, 'show']);
        if (!PasswordLogin::is_available()) {
            add_filter('login_body_class', static fn(array $classes): array => [...$classes, 'logto-form-off']);
        }
    }

    /**
     * A start that fails leaves the visitor on the login page, with the reason.
     */
    private static function start(): void
    {
        Response::prepare();
        $outcome = (new Runner())->run('start', StartUrl::read());
        $follow = match (Input::string($outcome, 'type')) {
            'redirect' => Response::redirect(...),
            'in_app' => DingtalkAppPage::show(...),
            default => null,
        };
        if ($follow !== null) {
            $follow($outcome);

            exit();
        }

        Response::set_cookies($outcome);
        self::show_error(Input::string($outcome, 'code'));
    }

    private static function show_error(string $code): void
    {
        add_filter('wp_login_errors', static function (mixed $errors) use ($code): \WP_Error {
            $errors = $errors instanceof \WP_Error ? $errors : new \WP_Error();
            $errors->add('logto_' . $code, esc_html(Messages::text($code)));

            return $errors;
        });
    }
}
