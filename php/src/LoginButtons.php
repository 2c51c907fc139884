<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * The buttons on WordPress's login page: one for each provider that is set up. Each is a link to the address that
 * starts a sign-in; nothing is minted before somebody follows it.
 */
final class LoginButtons
{
    /**
     * Puts the buttons above the form. In the small window of an expired session they open a tab, since no provider
     * may be framed; WordPress notices the new session and closes the window.
     */
    public static function show(mixed $message): string
    {
        $interim = Request::has('interim-login');
        $redirect_to = $interim ? '' : Request::text('redirect_to');
        $settings = Settings::current();
        $buttons = $settings->has_logto() ? self::logto($redirect_to, $interim) : '';
        if ($settings->has_dingtalk()) {
            $buttons .= self::dingtalk($redirect_to, $interim, $buttons === '');
        }

        $form = FormLogin::is_available()
            ? '<p class="logto-or"><span>' . esc_html__('or with a password', 'logto-sign-in') . '</span></p>'
            : '';

        return sprintf('%s<div class="logto-continue">%s%s</div>', is_string($message) ? $message : '', $buttons, $form);
    }

    /**
     * The address that starts a sign-in at a connector; without one, wherever the core leads this visitor.
     */
    public static function link(string $redirect_to, string $connector = ''): string
    {
        $known = in_array($connector, [Settings::LOGTO, Settings::DINGTALK], true);
        $parameters = ['connector' => $known ? $connector : '', 'redirect_to' => rawurlencode($redirect_to)];

        return add_query_arg(array_filter($parameters, static fn(string $value): bool => $value !== ''), Site::start_uri());
    }

    private static function logto(string $redirect_to, bool $interim): string
    {
        $label = $interim ? __('Continue with Logto in a new tab', 'logto-sign-in') : __('Continue with Logto', 'logto-sign-in');

        return self::button(self::link($redirect_to, Settings::LOGTO), $label, $interim, true);
    }

    private static function dingtalk(string $redirect_to, bool $interim, bool $primary): string
    {
        $label = $interim ? __('Continue with DingTalk in a new tab', 'logto-sign-in') : __('Continue with DingTalk', 'logto-sign-in');

        return self::button(self::link($redirect_to, Settings::DINGTALK), $label, $interim, $primary);
    }

    private static function button(string $url, string $label, bool $tab, bool $primary): string
    {
        return sprintf(
            '<a class="button %sbutton-large" href="%s"%s>%s</a>',
            $primary ? 'button-primary ' : '',
            esc_url($url),
            $tab ? ' target="_blank" rel="noopener"' : '',
            esc_html($label),
        );
    }
}
