<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * Tells admins, where they look after plugins, what keeps this one from working.
 */
final class Notices
{
    private const SCREENS = ['plugins', 'dashboard', 'toplevel_page_logto-sign-in'];

    public static function show(): void
    {
        $screen = get_current_screen();
        if (!current_user_can('manage_options') || $screen === null || !in_array($screen->id, self::SCREENS, true)) {
            return;
        }

        if (Carriers::available() === null) {
            self::notice(
                'error',
                __('Logto Sign-In cannot run on this server yet; the login form of WordPress works as ever.', 'logto-sign-in'),
                admin_url('site-health.php'),
                __('See why in Site Health', 'logto-sign-in'),
            );

            return;
        }

        if (!Settings::current()->is_configured() && $screen->id !== 'dashboard') {
            self::notice(
                'info',
                __('Logto Sign-In is ready to be connected to your Logto tenant.', 'logto-sign-in'),
                admin_url('admin.php?page=' . HelpPage::SLUG),
                __('How to set it up', 'logto-sign-in'),
            );
        }
    }

    private static function notice(string $type, string $words, string $url, string $link): void
    {
        printf(
            '<div class="notice notice-%s"><p>%s <a href="%s">%s</a></p></div>',
            esc_attr($type),
            esc_html($words),
            esc_url($url),
            esc_html($link),
        );
    }
}
