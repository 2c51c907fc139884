<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * The forms of the set-up page.
 */
final class Action
{
    public const ACTION = 'logto_sign_in_setup';

    /**
     * Opens a form.
     */
    public static function open(string $step): void
    {
        printf(
            '<form action="%s" method="post"><input type="hidden" name="action" value="%s"><input type="hidden" name="step" value="%s"><input type="hidden" name="_wpnonce" value="%s">',
            esc_url(admin_url('admin-post.php')),
            esc_attr(self::ACTION),
            esc_attr($step),
            esc_attr(wp_create_nonce(self::ACTION)),
        );
    }

    public static function run(): never
    {
        if (Request::reads() || !Page::is_allowed()) {
            Access::deny();
        }

        check_admin_referer(self::ACTION);
        $provider = Provider::tryFrom(Request::posted('provider'));
        $code = match (Request::posted('step')) {
            'choose' => self::choose($provider),
            'save' => $provider === null ? '' : Store::credentials($provider),
            'connect' => Connection::make(wp_get_current_user()),
            'turn_on' => Proof::exists() ? Store::login_page(Request::posted('login_type'), Request::posted('form_login')) : '',
            default => '',
        };
        wp_safe_redirect(Page::url($code), 302, 'Logto Sign-In');

        exit();
    }

    private static function choose(null|Provider $provider): string
    {
        update_option(Page::OPTION, $provider === null ? 'none' : $provider->value, false);

        return '';
    }
}
