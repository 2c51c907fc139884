<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Support\LoginStyle;

/**
 * Says why a sign-in did not happen and what to do next, in the look of WordPress's login page. Nothing of what the
 * provider or the address said is printed: the code leads the admin to the cause in the log.
 */
final class ErrorPage
{
    /**
     * @param null|Provider $provider Where another try goes; without one, the core chooses.
     * @param string $retry_url Where another try begins, unless it is an ordinary sign-in.
     * @param string $explanation Words of another plugin.
     * @param int $user_id Who was refused, as far as that is known.
     */
    public static function show(Refused $refused, null|Provider $provider = null, string $retry_url = '', string $explanation = '', int $user_id = 0): void
    {
        /**
         * A visitor was not signed in.
         *
         * @since 0.1.0
         *
         * @param string $code Stable code.
         */
        do_action('logto_sign_in_refused', $refused->code);
        $user_id = max($user_id, (int) $refused->user_id);
        Recorder::refused($refused->code, $refused->status, $provider, $user_id);

        Response::set_cookies($refused->cookies);
        status_header($refused->status);
        if ($refused->retry_after !== null && !headers_sent()) {
            header('Retry-After: ' . $refused->retry_after);
        }

        LoginStyle::enqueue();
        // Changing the language would open this address once more; the way back stands among our own buttons.
        add_filter('login_display_language_dropdown', '__return_false');
        add_filter('login_site_html_link', '__return_empty_string');
        $connector = $provider === null ? '' : $provider->value;
        $again = $retry_url === '' ? StartUrl::build($refused->redirect_to, $connector, another_account: $refused->another_account) : $retry_url;
        $title = Catalog::of($refused->code)->title;
        login_header($title === '' ? __('Sign-in failed', 'logto-sign-in') : $title, self::body($refused, $again, $explanation, ContactForm::of($user_id)));
        login_footer();
    }

    private static function body(Refused $refused, string $retry_url, string $explanation, string $form): string
    {
        $message = Catalog::of($refused->code);
        $is_calm = $message->title !== '';
        $text = '<p><strong>' . esc_html($message->message) . '</strong></p>';
        $text .= $explanation === '' ? '' : '<p>' . wp_kses($explanation, ['a' => ['href' => []], 'strong' => [], 'em' => []]) . '</p>';
        $next_step = match (true) {
            $is_calm => '',
            $refused->another_account => __('Sign in with another account, or send the code below to the site administrator.', 'logto-sign-in'),
            default => Catalog::next_step($refused->retry),
        };
        $text .= $next_step === '' ? '' : '<p>' . esc_html($next_step) . '</p>';

        return ($is_calm ? '<div class="logto-question" role="status">' : '<div class="logto-refused" role="alert">')
            . $text
            . '</div>'
            . $form
            . self::actions($refused, $retry_url)
            . self::small_print($refused->code);
    }

    private static function actions(Refused $refused, string $retry_url): string
    {
        $home = sprintf('<a class="button button-large" href="%s">%s</a>', esc_url(home_url('/')), esc_html__('Back to the site', 'logto-sign-in'));
        $again = sprintf(
            '<a class="button button-primary button-large" href="%s">%s</a>',
            esc_url($retry_url),
            $refused->another_account ? esc_html__('Use another account', 'logto-sign-in') : esc_html__('Try again', 'logto-sign-in'),
        );
        $form = sprintf(
            '<p><a href="%s">%s</a></p>',
            esc_url(add_query_arg('form', '1', wp_login_url($refused->redirect_to))),
            esc_html__('Log in with a password', 'logto-sign-in'),
        );

        return '<div class="logto-actions">' . ($refused->retry || $refused->another_account ? $again : '') . $home . (PasswordLogin::is_available() && !LoginPath::is_hidden() ? $form : '') . '</div>';
    }

    private static function small_print(string $code): string
    {
        /* translators: %s: stable code of an error, such as state_expired. */
        $message = esc_html__('Error code: %s. Administrators: see Logto › Activity and Logto › Help.', 'logto-sign-in');

        $shown = '<code>' . esc_html($code) . '</code>';
        // Nobody else may read the page, so a link would lead visitors to the login page once more.
        if (current_user_can('manage_options')) {
            $shown = sprintf('<a href="%s">%s</a>', esc_url(Catalog::help_url($code)), $shown);
        }

        return sprintf('<p class="logto-code">' . $message . '</p>', $shown);
    }
}
