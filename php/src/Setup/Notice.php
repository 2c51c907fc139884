<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Request;

/**
 * Says what became of a form of the set-up page; and, where admins look after the plugin, that visitors do not sign in yet.
 */
final class Notice
{
    private const SCREENS = ['plugins', 'toplevel_page_logto-sign-in'];

    /**
     * Action `admin_notices`.
     */
    public static function show(): void
    {
        $screen = get_current_screen();
        if ($screen === null || !in_array($screen->id, self::SCREENS, true) || !Page::is_allowed()) {
            return;
        }

        // Asked in any case: what is stored before version 0.2 is looked at then.
        if (Proof::exists() || !Settings::current()->is_configured()) {
            return;
        }

        printf(
            '<div class="notice notice-info"><p>%s <a href="%s">%s</a></p></div>',
            esc_html__('The login page still shows its form, because no one has signed in with these settings yet.', 'logto-sign-in'),
            esc_url(Page::url()),
            esc_html__('Test sign-in', 'logto-sign-in'),
        );
    }

    /**
     * What there is to tell on the set-up page.
     */
    public static function told(): void
    {
        $code = Request::query('told');
        $good = [
            'setup_saved' => __('Saved. Now test the sign-in.', 'logto-sign-in'),
            'setup_turned_on' => PasswordLogin::is_available() ? __('Visitors can sign in now.', 'logto-sign-in') : __('Visitors can sign in now. Password login is off.', 'logto-sign-in'),
            'linked' => Catalog::of('linked')->message,
        ];
        if ($code !== '') {
            printf(
                '<div class="notice notice-%s inline" role="status"><p>%s</p></div>',
                array_key_exists($code, $good) ? 'success' : 'error',
                esc_html($good[$code] ?? Catalog::of($code)->message),
            );
        }
    }
}
