<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Page as ImportPage;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Transport\Transports;

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

        if (Transports::available() === null) {
            self::notice(
                'error',
                __('Logto Sign-In cannot run on this server yet. The WordPress login form still works.', 'logto-sign-in'),
                [admin_url('site-health.php') => __('See why in Site Health', 'logto-sign-in')],
            );

            return;
        }

        $logto_plugin = LogtoPlugin::active();
        if ($logto_plugin !== null) {
            self::both($logto_plugin);

            return;
        }

        if ($screen->id !== 'dashboard' && !Settings::current()->is_configured() && Access::network_allows()) {
            self::notice(
                'info',
                __('Connect Logto Sign-In to your Logto tenant to get started.', 'logto-sign-in'),
                [
                    admin_url('admin.php?page=' . Help::SLUG) => __('How to set it up', 'logto-sign-in'),
                    LogtoPlugin::options() === [] ? '' : ImportPage::url() => __('Import from the official Logto plugin', 'logto-sign-in'),
                ],
            );
        }
    }

    /**
     * Which of the two plugins acts, and how to make it this one.
     */
    private static function both(string $logto_plugin): void
    {
        $message = LogtoPlugin::acts()
            ? __('The official Logto plugin still handles login and logout. Until you deactivate it, Logto Sign-In works only at its own URL.', 'logto-sign-in')
            : __('The official Logto plugin is active but not set up. Once you set up Logto Sign-In, it handles login. The other plugin still interferes with logout until you deactivate it.', 'logto-sign-in');
        self::notice('warning', $message, [
            LogtoPlugin::options() === [] ? '' : ImportPage::url() => __('Import from the official Logto plugin', 'logto-sign-in'),
            LogtoPlugin::deactivate_url($logto_plugin) => __('Deactivate the official Logto plugin', 'logto-sign-in'),
        ]);
    }

    /**
     * @param array<string, string> $links Address and words; without an address, there is no link.
     */
    private static function notice(string $type, string $message, array $links): void
    {
        printf('<div class="notice notice-%s"><p>%s', esc_attr($type), esc_html($message));
        foreach (array_diff_key($links, ['' => '']) as $url => $link) {
            printf(' <a href="%s">%s</a>', esc_url($url), esc_html($link));
        }

        echo '</p></div>';
    }
}
