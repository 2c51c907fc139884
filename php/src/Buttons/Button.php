<?php

declare(strict_types=1);

namespace LogtoSignIn\Buttons;

use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * A button for pages and themes. It links to the address that starts a sign-in and is the same for every visitor, so
 * a page cache may store it.
 *
 * It is text alone. The owners of most logos, DingTalk's among them, want theirs neither redrawn nor altered, which a
 * theme's styles would do; who may use one adds it through the filter `logto_sign_in_button`.
 */
final class Button
{
    /**
     * Shortcode `[logto_sign_in connector="social:dingtalk" label="…" redirect_to="…"]`.
     */
    public static function shortcode(mixed $attributes): string
    {
        return self::on_page(Input::to_map($attributes));
    }

    /**
     * A button that leads back to the page that it is on. Users who are signed in see nothing.
     *
     * @param array<array-key, mixed> $arguments As for html().
     */
    public static function on_page(array $arguments): string
    {
        if (is_user_logged_in()) {
            return '';
        }

        if (Input::string($arguments, 'redirect_to') === '') {
            $url = Site::current_url();
            $arguments['redirect_to'] = $url === '' ? self::address_of_post() : $url;
        }

        return self::html($arguments);
    }

    /**
     * Where there is no page, such as in a preview of the editor.
     */
    private static function address_of_post(): string
    {
        // Around a list of posts, the permalink would be that of the first.
        $list = !in_the_loop() && (is_home() || is_archive() || is_search() || is_404());

        return $list ? home_url('/') : (string) get_permalink();
    }

    /**
     * @param array<array-key, mixed> $arguments `label`, and those of url().
     */
    public static function html(array $arguments): string
    {
        if (!Settings::current()->is_configured()) {
            return '';
        }

        wp_enqueue_style('logto-sign-in-button', Plugin::url('assets/button.css'), [], Plugin::VERSION);
        $label = trim(Input::string($arguments, 'label'));
        $html = sprintf(
            '<a class="logto-button wp-element-button" href="%s" rel="nofollow">%s</a>',
            esc_url(self::url($arguments)),
            esc_html($label === '' ? Labels::label(Input::string($arguments, 'connector')) : $label),
        );

        return self::filtered($html, $arguments);
    }

    /**
     * @param array<array-key, mixed> $arguments
     */
    public static function filtered(string $html, array $arguments): string
    {
        /**
         * A button that starts a sign-in, on a page or on the login page.
         *
         * @since 0.1.0
         *
         * @param string $html      The button. Keep it the same for every visitor: a page cache may store it.
         * @param array  $arguments `connector`, `label`, `redirect_to`, `first_screen`; each may be missing.
         */
        $filtered = apply_filters('logto_sign_in_button', $html, $arguments);

        return is_string($filtered) ? $filtered : $html;
    }

    /**
     * The address that starts a sign-in.
     *
     * @param array<array-key, mixed> $arguments `connector`: `social:<target>` or `sso:<connector id>` of the Logto
     *                                           tenant, `dingtalk` for DingTalk without a tenant, or nothing;
     *                                           `redirect_to`: where to be afterwards; `first_screen`: as Logto has it.
     */
    public static function url(array $arguments): string
    {
        return StartUrl::build(
            Input::string($arguments, 'redirect_to'),
            Input::string($arguments, 'connector'),
            Input::string($arguments, 'first_screen'),
        );
    }
}
