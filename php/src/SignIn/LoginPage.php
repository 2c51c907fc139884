<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Carrier\Carriers;
use LogtoSignIn\Core\Runner;
use LogtoSignIn\Fields;
use LogtoSignIn\Import\OfficialPlugin;
use LogtoSignIn\Plugin;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Words\Messages;

/**
 * WordPress's login page: on to the provider at once when nothing speaks against it, else buttons beside the form.
 */
final class LoginPage
{
    public static function open(): void
    {
        if (!Settings::current()->is_configured() || OfficialPlugin::acts() || Carriers::available() === null) {
            return;
        }

        if (LoginVisit::goes_on()) {
            self::start();
        }

        wp_enqueue_style('logto-sign-in', Plugin::url('assets/login.css'), [], Plugin::VERSION);
        add_filter('login_message', [LoginButtons::class, 'show']);
        if (!FormLogin::is_available()) {
            add_filter('login_body_class', static fn(array $classes): array => [...$classes, 'logto-form-off']);
        }
    }

    /**
     * A start that fails leaves the visitor on the login page, with the reason.
     */
    private static function start(): void
    {
        Routes::prepare();
        $outcome = (new Runner())->run('start', Routes::start_input());
        $follow = match (Fields::text($outcome, 'type')) {
            'redirect' => Redirect::follow(...),
            'in_app' => DingtalkAppPage::show(...),
            default => null,
        };
        if ($follow !== null) {
            $follow($outcome);

            exit();
        }

        SetCookies::send($outcome);
        self::say(Fields::text($outcome, 'code'));
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
