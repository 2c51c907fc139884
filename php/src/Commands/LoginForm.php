<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Core\SettingsPlace;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Input;

/**
 * `wp logto login-form`
 */
final class LoginForm
{
    /**
     * Turns login with a WordPress password on or off, for whoever is locked out.
     *
     * ## OPTIONS
     *
     * <state>
     * : Whether passwords may be used.
     * ---
     * options:
     *   - "on"
     *   - "off"
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto login-form on
     *
     * @param array<array-key, mixed> $arguments
     */
    public static function run(array $arguments): void
    {
        $state = Input::string($arguments, '0');
        // WP-CLI lets any word through where the choices look like yes and no.
        if ($state !== 'on' && $state !== 'off') {
            \WP_CLI::error(__('The state must be “on” or “off”. Nothing was changed.', 'logto-sign-in'));
        }

        $on = $state === 'on';
        $place = is_multisite() && !StoredOptions::is_custom() ? SettingsPlace::of_network() : SettingsPlace::of_site(Manager::Network);
        SettingsTarget::change($place, ['form_login' => $on]);
        if (PasswordLogin::is_available() !== $on) {
            \WP_CLI::warning(__('This has no effect yet: the constant LOGTO_SIGN_IN_FORM_LOGIN decides, or no one has signed in with these settings.', 'logto-sign-in'));
        }
    }
}
