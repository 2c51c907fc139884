<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * Whether passwords may be used to sign in. When not, it is refused on the server: hiding the form is not enough.
 * Application passwords stay; they are for programs.
 */
final class PasswordLogin
{
    /**
     * The constant decides, whatever happens. Without it there is always a way in: a plugin that cannot work, for longer
     * than a moment, or that nobody has signed in with yet, turns nothing off.
     */
    public static function is_available(): bool
    {
        $settings = Settings::current();

        return Constants::flag('LOGTO_SIGN_IN_FORM_LOGIN') ?? ($settings->flag('form_login') || !$settings->is_configured() || !Proof::exists() || Outage::is_lasting());
    }

    /**
     * Application passwords are for programs, so they have a switch of their own.
     */
    public static function application_passwords(mixed $available): bool
    {
        return $available === true && Settings::current()->flag('application_passwords');
    }

    /**
     * Logins over XML-RPC. WordPress refuses all of them when they are off.
     */
    public static function xmlrpc(mixed $enabled): bool
    {
        return $enabled === true && Settings::current()->flag('xmlrpc_login');
    }

    /**
     * First of all `authenticate` filters: takes WordPress's password checks away.
     */
    public static function enforce(mixed $user): mixed
    {
        if (!self::is_available()) {
            remove_filter('authenticate', 'wp_authenticate_username_password', 20);
            remove_filter('authenticate', 'wp_authenticate_email_password', 20);
        }

        return $user;
    }

    /**
     * Says so to whom it concerns, once nobody else knew the credentials. Other plugins ask with all kinds of values.
     */
    public static function explain(mixed $user, mixed $username = '', mixed $password = ''): mixed
    {
        if ($user instanceof \WP_User || $user instanceof \WP_Error || self::is_available()) {
            return $user;
        }

        if (Input::to_string($username) . Input::to_string($password) === '' && Request::reads()) {
            // WordPress's own way to say that the login page was only opened.
            $opened = new \WP_Error('empty_username', '');
            $opened->add('empty_password', '');

            return $opened;
        }

        return new \WP_Error('logto_form_login_off', esc_html__('Password login is turned off on this site. Please sign in another way.', 'logto-sign-in'));
    }
}
