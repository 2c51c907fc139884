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
     *
     * @param string $step Empty where the buttons say it.
     */
    public static function open(string $step): void
    {
        printf(
            '<form action="%s" method="post"><input type="hidden" name="action" value="%s"><input type="hidden" name="_wpnonce" value="%s">%s',
            esc_url(admin_url('admin-post.php')),
            esc_attr(self::ACTION),
            esc_attr(wp_create_nonce(self::ACTION)),
            $step === '' ? '' : sprintf('<input type="hidden" name="step" value="%s">', esc_attr($step)),
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
            'save' => $provider === null ? '' : self::save($provider),
            'connect' => Connection::make(wp_get_current_user()),
            'connect_and_turn_on' => self::connect_and_turn_on(),
            'turn_on' => self::turn_on(),
            default => '',
        };
        wp_safe_redirect(Page::url($code), 302, 'Logto Sign-In');

        exit();
    }

    private static function save(Provider $provider): string
    {
        if (Store::credentials($provider)) {
            return 'setup_saved';
        }

        // The page shows them, as WordPress does after its own forms.
        set_transient('settings_errors', get_settings_errors(), 30);

        return '';
    }

    private static function connect_and_turn_on(): string
    {
        $code = Connection::make(wp_get_current_user());

        return $code === 'linked' ? self::turn_on() : $code;
    }

    private static function turn_on(): string
    {
        return Proof::exists() && Store::login_page(Request::posted('login_type'), Request::posted('form_login')) ? 'setup_turned_on' : '';
    }
}
