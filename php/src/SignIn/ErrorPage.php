<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Words\Messages;

/**
 * Says why a sign-in did not happen and what to do next, in the look of WordPress's login page. Nothing of what the
 * provider or the address said is printed: the code leads the admin to the cause in the log.
 */
final class ErrorPage
{
    /**
     * @param array<array-key, mixed> $outcome The outcome `refused`, with the `provider`; `retry_url` may be where another try begins, and
     *                                         `explanation` words of another plugin.
     */
    public static function show(array $outcome): void
    {
        // An outcome of another kind comes from a core of another version.
        $code = Input::string($outcome, 'type', 'refused') === 'refused' ? Input::string($outcome, 'code') : 'protocol_error';

        /**
         * A visitor was not signed in.
         *
         * @since 0.1.0
         *
         * @param string $code Stable code.
         */
        do_action('logto_sign_in_refused', $code);

        Response::set_cookies($outcome);
        $status = Input::int($outcome, 'status', 500);
        status_header($status >= 400 && $status < 600 ? $status : 500);
        wp_enqueue_style('logto-sign-in', Plugin::url('assets/login.css'), [], Plugin::VERSION);
        // Changing the language would open this address once more; the way back stands among our own buttons.
        add_filter('login_display_language_dropdown', '__return_false');
        add_filter('login_site_html_link', '__return_empty_string');
        login_header(__('Sign-in did not work', 'logto-sign-in'), self::body($outcome, $code));
        login_footer();
    }

    /**
     * @param array<array-key, mixed> $outcome
     */
    private static function body(array $outcome, string $code): string
    {
        $retry = Input::bool($outcome, 'retry');
        $explanation = Input::string($outcome, 'explanation');
        $retry_url = Input::string($outcome, 'retry_url');
        if ($retry_url === '') {
            $retry_url = StartUrl::build(Input::string($outcome, 'redirect_to'), Input::string($outcome, 'provider'));
        }

        $text = '<p><strong>' . esc_html(Messages::text($code)) . '</strong></p>';
        $text .= $explanation === '' ? '' : '<p>' . wp_kses($explanation, ['a' => ['href' => []], 'strong' => [], 'em' => []]) . '</p>';
        $text .= '<p>' . esc_html(Messages::next_step($retry)) . '</p>';

        return '<div class="logto-refused" role="alert">' . $text . '</div>'
            . self::actions($retry, Input::string($outcome, 'redirect_to'), $retry_url)
            . self::small_print($code);
    }

    private static function actions(bool $retry, string $redirect_to, string $retry_url): string
    {
        $home = sprintf('<a class="button button-large" href="%s">%s</a>', esc_url(home_url('/')), esc_html__('Back to the site', 'logto-sign-in'));
        $again = sprintf(
            '<a class="button button-primary button-large" href="%s">%s</a>',
            esc_url($retry_url),
            esc_html__('Try again', 'logto-sign-in'),
        );
        $form = sprintf(
            '<p><a href="%s">%s</a></p>',
            esc_url(add_query_arg('form', '1', wp_login_url($redirect_to))),
            esc_html__('Sign in with a password', 'logto-sign-in'),
        );

        return '<div class="logto-actions">' . ($retry ? $again : '') . $home . (PasswordLogin::is_available() ? $form : '') . '</div>';
    }

    private static function small_print(string $code): string
    {
        /* translators: %s: stable code of an error, such as state_expired. */
        $message = esc_html__('For the administrator: %s. The cause is in the error log; what to do stands in Logto › Help.', 'logto-sign-in');

        return sprintf('<p class="logto-code">' . $message . '</p>', '<code>' . esc_html($code) . '</code>');
    }
}
