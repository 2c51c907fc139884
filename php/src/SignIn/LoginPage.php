<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Actions;
use LogtoSignIn\Carrier\Carriers;
use LogtoSignIn\Core\Runner;
use LogtoSignIn\Import\LogtoPlugin;
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

        if (AutoRedirect::goes_on()) {
            self::start();
        }

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
        Actions::prepare();
        $outcome = (new Runner())->run('start', Actions::start_input());
        $follow = match (Input::string($outcome, 'type')) {
            'redirect' => Redirect::follow(...),
            'in_app' => DingtalkAppPage::show(...),
            default => null,
        };
        if ($follow !== null) {
            $follow($outcome);

            exit();
        }

        SetCookies::send($outcome);
        self::say(Input::string($outcome, 'code'));
    }

    public static function say(string $code): void
    {
        add_filter('wp_login_errors', static function (mixed $errors) use ($code): \WP_Error {
            $errors = $errors instanceof \WP_Error ? $errors : new \WP_Error();
            $errors->add('logto_' . $code, esc_html(Messages::text($code)));

            return $errors;
        });
    }
}
