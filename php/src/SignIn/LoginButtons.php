<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Buttons\Button;
use LogtoSignIn\Buttons\Labels;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Support\Request;

/**
 * The buttons on WordPress's login page: one for each provider that is set up, and one for each connector that the
 * admin named. Each is a link to the address that starts a sign-in; nothing is minted before somebody follows it.
 */
final class LoginButtons
{
    /**
     * Without buttons, a page without a form would be a dead end.
     */
    public static function offer(): void
    {
        if (LoginType::current() !== LoginType::Pages || !PasswordLogin::is_available() || !Proof::is_live()) {
            add_filter('login_message', [self::class, 'show']);
        }
    }

    /**
     * Puts the buttons above the form. In the small window of an expired session they open a tab, since no provider
     * may be framed; WordPress notices the new session and closes the window.
     */
    public static function show(mixed $message): string
    {
        $interim = Request::has('interim-login');
        $redirect_to = $interim ? '' : Request::text('redirect_to');
        $buttons = '';
        foreach (Labels::connectors() as $connector) {
            $buttons .= self::button(['connector' => $connector, 'redirect_to' => $redirect_to], $interim, $buttons === '');
        }

        $form = PasswordLogin::is_available()
            ? '<p class="logto-or"><span>' . esc_html__('or log in with a password', 'logto-sign-in') . '</span></p>'
            : '';

        return sprintf('%s<div class="logto-continue">%s%s</div>', is_string($message) ? $message : '', $buttons, $form);
    }

    /**
     * @param array{connector: string, redirect_to: string} $arguments
     */
    private static function button(array $arguments, bool $tab, bool $primary): string
    {
        $label = Labels::label($arguments['connector']);
        if ($tab) {
            /* translators: %s: text of a button, such as “Continue with Logto”. */
            $label = sprintf(__('%s (in a new tab)', 'logto-sign-in'), $label);
        }

        $html = sprintf(
            '<a class="button %sbutton-large" href="%s"%s>%s</a>',
            $primary ? 'button-primary ' : '',
            esc_url(Button::url($arguments)),
            $tab ? ' target="_blank" rel="noopener"' : '',
            esc_html($label),
        );

        return Button::filtered($html, $arguments + ['label' => $label]);
    }
}
