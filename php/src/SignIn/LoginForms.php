<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Buttons\Button;
use LogtoSignIn\Buttons\Labels;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * Buttons in the login forms of themes and plugins, which would be dead ends for who has no password. Each is the same for
 * every visitor, as the form is.
 */
final class LoginForms
{
    /**
     * Filter `login_form_top`: the form of wp_login_form().
     */
    public static function top(mixed $html, mixed $arguments = []): string
    {
        return Input::to_string($html) . self::buttons('form_buttons', Input::string(Input::to_map($arguments), 'redirect'));
    }

    /**
     * Action `login_form`: forms that have WordPress's own hook. WordPress's own page has its buttons already.
     */
    public static function inside(): void
    {
        if (!function_exists('login_header')) {
            // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- its parts are escaped, and the filter of a button gives HTML
            echo self::buttons('form_buttons', Site::current_url());
        }
    }

    /**
     * Action `woocommerce_login_form_start`: the account page, and the checkout.
     */
    public static function woocommerce(): void
    {
        // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- its parts are escaped, and the filter of a button gives HTML
        echo self::buttons('woocommerce_buttons', Site::current_url());
    }

    /**
     * The block “Login/out”: its link starts a sign-in, and shows no path that another plugin keeps secret. Its form has
     * buttons of its own.
     *
     * @param mixed $block As parsed.
     */
    public static function link(mixed $html, mixed $block = []): mixed
    {
        $settings = Settings::current();
        $attributes = Input::map(Input::to_map($block), 'attrs');
        if (!is_string($html) || is_user_logged_in() || ($attributes['displayLoginAsForm'] ?? false) === true || !$settings->is_configured() || !$settings->flag('login_link')) {
            return $html;
        }

        $comes_back = ($attributes['redirectToCurrent'] ?? true) !== false;
        $start = esc_url(StartUrl::build($comes_back ? Site::current_url() : ''));

        return preg_replace_callback('~(<a\s[^>]*?href=")[^"]*~', static fn(array $link): string => $link[1] . $start, $html, 1) ?? $html;
    }

    /**
     * One button for each provider and each connector that the admin named.
     *
     * @param string $setting The flag that shows them.
     */
    private static function buttons(string $setting, string $redirect_to): string
    {
        $settings = Settings::current();
        if (is_user_logged_in() || !$settings->is_configured() || !$settings->flag($setting)) {
            return '';
        }

        wp_enqueue_style('logto-sign-in-button', Plugin::url('assets/button.css'), [], Plugin::VERSION);
        $buttons = '';
        foreach (Labels::connectors() as $connector) {
            $buttons .= Button::html(['connector' => $connector, 'redirect_to' => $redirect_to]);
        }

        // Without passwords, a style sheet hides what follows in the form.
        return sprintf('<div class="logto-buttons%s">%s</div>', PasswordLogin::is_available() ? '' : ' logto-buttons-only', $buttons);
    }
}
