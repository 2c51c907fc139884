<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * WordPress's login page: on to Logto at once when nothing speaks against it, else a button beside the form.
 */
final class LoginPage
{
    public static function open(): void
    {
        if (!Settings::current()->is_configured() || Carriers::available() === null) {
            return;
        }

        if (LoginVisit::goes_on()) {
            self::start();
        }

        wp_enqueue_style('logto-sign-in', plugins_url('assets/login.css', __DIR__), [], Plugin::VERSION);
        add_filter('login_message', [self::class, 'button']);
        if (!FormLogin::is_available()) {
            add_filter('login_body_class', static fn(array $classes): array => [...$classes, 'logto-form-off']);
        }
    }

    /**
     * Puts the button above the form. In the small window of an expired session it opens a tab, since no provider
     * may be framed; WordPress notices the new session and closes the window.
     */
    public static function button(mixed $message): string
    {
        $interim = Request::has('interim-login');
        $redirect_to = $interim ? '' : Request::text('redirect_to');
        $label = $interim ? __('Continue with Logto in a new tab', 'logto-sign-in') : __('Continue with Logto', 'logto-sign-in');
        $form = FormLogin::is_available()
            ? '<p class="logto-or"><span>' . esc_html__('or with a password', 'logto-sign-in') . '</span></p>'
            : '';

        return sprintf(
            '%s<div class="logto-continue"><a class="button button-primary button-large" href="%s"%s>%s</a>%s</div>',
            is_string($message) ? $message : '',
            esc_url(self::start_link($redirect_to)),
            $interim ? ' target="_blank" rel="noopener"' : '',
            esc_html($label),
            $form,
        );
    }

    public static function start_link(string $redirect_to): string
    {
        return $redirect_to === '' ? Site::start_uri() : add_query_arg('redirect_to', rawurlencode($redirect_to), Site::start_uri());
    }

    /**
     * A start that fails leaves the visitor on the login page, with the reason.
     */
    private static function start(): void
    {
        Routes::prepare();
        $outcome = (new Runner())->run('start', Routes::start_input());
        if (Fields::text($outcome, 'type') === 'redirect') {
            Redirect::follow($outcome);

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
