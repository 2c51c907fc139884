<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * A button for pages and themes. It links to the address that starts a sign-in and is the same for every visitor, so
 * a page cache may store it.
 */
final class Button
{
    /**
     * Shortcode `[logto_sign_in connector="social:dingtalk" label="…" redirect_to="…"]`. Who is signed in sees nothing.
     */
    public static function shortcode(mixed $attributes): string
    {
        if (is_user_logged_in()) {
            return '';
        }

        $arguments = Fields::of($attributes);
        $here = get_permalink();

        return self::html($arguments + ['redirect_to' => is_string($here) ? $here : '']);
    }

    /**
     * @param array<array-key, mixed> $arguments `connector`, `redirect_to`, `first_screen`; see url().
     */
    public static function html(array $arguments): string
    {
        if (!Settings::current()->is_configured()) {
            return '';
        }

        wp_enqueue_style('logto-sign-in-button', plugins_url('assets/button.css', __DIR__), [], Plugin::VERSION);
        $label = trim(Fields::text($arguments, 'label'));

        return sprintf(
            '<a class="logto-button wp-element-button" href="%s" rel="nofollow">%s</a>',
            esc_url(self::url($arguments)),
            esc_html($label === '' ? self::label(Fields::text($arguments, 'connector')) : $label),
        );
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
        $connector = Fields::text($arguments, 'connector');
        $url = LoginButtons::link(Fields::text($arguments, 'redirect_to'), $connector);
        $parameters = [
            'direct_sign_in' => preg_match('/^(?:social|sso):[\w.-]+$/D', $connector) === 1 ? $connector : '',
            'first_screen' => rawurlencode(Fields::text($arguments, 'first_screen')),
        ];

        return add_query_arg(array_filter($parameters, static fn(string $value): bool => $value !== ''), $url);
    }

    private static function label(string $connector): string
    {
        return match ($connector === '' ? Settings::current()->connector() : $connector) {
            Settings::DINGTALK, 'social:dingtalk' => __('Continue with DingTalk', 'logto-sign-in'),
            Settings::LOGTO => __('Continue with Logto', 'logto-sign-in'),
            default => __('Sign in', 'logto-sign-in'),
        };
    }
}
