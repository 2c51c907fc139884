<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;

/**
 * What a login form asks for and a sign-in at a provider cannot have: the one list of callbacks of `authenticate` and
 * `wp_authenticate_user` that judge nothing else. The provider did what they are for: it asked for a password, and it
 * kept robots away.
 *
 * A callback that also bans, blocks or asks for a second factor does not belong here, even if it looks at a form as well.
 */
final class FormGuards
{
    private const CALLBACKS = [
        // WordPress: username and password, application password, and the cookie of a session.
        'wp_authenticate_username_password',
        'wp_authenticate_email_password',
        'wp_authenticate_application_password',
        'wp_authenticate_cookie',
        // Simple Cloudflare Turnstile.
        'cfturnstile_wp_login_check',
        'cfturnstile_woo_login_check',
        // hCaptcha for WP; its earlier versions have a function.
        'HCaptcha\\Abstracts\\LoginBase',
        'hcap_verify_login_captcha',
        // Login No Captcha reCAPTCHA.
        'LoginNocaptcha',
        // Advanced Google reCAPTCHA: WordPress's own check of the password again, with a captcha. Earlier versions have a function.
        'WPCaptcha_Functions::wp_authenticate_username_password',
        'advanced_google_recaptcha_process_login_form',
        // reCaptcha by BestWebSoft.
        'gglcptch_login_check',
        // CAPTCHA 4WP, and Advanced noCaptcha, as it was called before.
        'c4wp_captcha_class::login_verify',
        'anr_captcha_class::login_verify',
        // All-In-One Security. The other methods of the class block addresses.
        'AIOWPSecurity_User_Login::check_captcha',
        // Solid Security.
        'ITSEC_Recaptcha',
    ];

    /** Filters by which a plugin leaves out its captcha and does the rest of what it does in the same callback. */
    private const CAPTCHA_FILTERS = [
        // Wordfence: the callback asks for its second factor as well.
        'wordfence_ls_require_captcha',
    ];

    /** Fields of the form for the code of a second factor, by the error that asks for it. */
    private const CODE_FIELDS = [
        // Wordfence.
        'wfls_twofactor_required' => 'wfls-token',
        'wfls_twofactor_failed' => 'wfls-token',
        // Google Authenticator.
        // @mago-expect lint:no-literal-password - the code of an error, and no token
        'invalid_google_authenticator_token' => 'googleotp',
    ];

    /** @var list<string> */
    private readonly array $names;

    public function __construct()
    {
        /**
         * Filters which callbacks of `authenticate` and `wp_authenticate_user` are left out when a visitor signs in at a
         * provider, since they ask for what only the login form has. Every other callback may refuse the sign-in.
         *
         * @since 0.2.0
         *
         * @param list<string> $names Functions, methods as `Class::method`, and classes of which every method is meant.
         */
        $this->names = Input::to_strings(apply_filters('logto_sign_in_form_guards', self::CALLBACKS));
    }

    public function has(HookCallback $callback): bool
    {
        foreach ($this->names as $name) {
            if ($callback->is($name)) {
                return true;
            }
        }

        return false;
    }

    /**
     * The field of the login form in which a refusal asks for the code of a second factor; empty for any other refusal.
     */
    public static function code_field(\WP_Error $error): string
    {
        /**
         * Filters in which field of the login form a plugin asks for the code of its second factor.
         *
         * @since 0.2.0
         *
         * @param array<string, string> $fields Names of fields, by the code of the error that asks.
         */
        $fields = Input::to_map(apply_filters('logto_sign_in_code_fields', self::CODE_FIELDS));

        return Input::string($fields, (string) $error->get_error_code());
    }

    /**
     * Does something while plugins that ask for a captcha among other things leave that out.
     *
     * @template T
     *
     * @param callable(): T $work
     *
     * @return T
     */
    public static function without_captchas(callable $work): mixed
    {
        foreach (self::CAPTCHA_FILTERS as $filter) {
            add_filter($filter, '__return_false', PHP_INT_MAX);
        }

        try {
            return $work();
        } finally {
            foreach (self::CAPTCHA_FILTERS as $filter) {
                remove_filter($filter, '__return_false', PHP_INT_MAX);
            }
        }
    }
}
