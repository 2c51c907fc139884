<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * Asks the plugins that guard sign-ins, in WordPress's own way.
 *
 * A visitor who comes from a provider did not fill in a form, and gave no password. So the callbacks that judge a form
 * alone are left out ({@see FormGuards}), and a random password is right for as long as `wp_authenticate_user` runs:
 * activity logs compare it there, and would note a wrong one. All others decide, and the log names the one that refused.
 */
final class Guards
{
    /** What WordPress answers when the login page is only opened. */
    private const NOBODY_YET = ['empty_username', 'empty_password'];

    /**
     * wp_signon() for a verified visitor.
     */
    public static function sign_on(\WP_User $user, bool $remember): \WP_User|\WP_Error
    {
        $password = wp_generate_password(43, false);
        // Another plugin may check a password of somebody meanwhile.
        $check = static fn(mixed $given, mixed $_ = '', mixed $with = ''): mixed => $given instanceof \WP_User && hash_equals($password, Input::to_string($with))
            ? self::check($given, $password)
            : $given;
        add_filter('authenticate', $check, HookWalk::PASSWORD_PRIORITY, 3);
        try {
            $walk = new HookWalk($user, $password);
            $credentials = ['user_login' => $user->user_login, 'user_password' => $password, 'remember' => $remember];
            $result = $walk->during(static fn(): \WP_User|\WP_Error => wp_signon($credentials));
        } finally {
            remove_filter('authenticate', $check, HookWalk::PASSWORD_PRIORITY);
        }

        if ($result instanceof \WP_Error) {
            Log::write('sign_in_refused', self::describe($result, $walk));
        }

        return $result;
    }

    /**
     * Why nobody may sign in from this address, before there is an account to ask about: what the callbacks answer when
     * the login page is only opened, which is where a ban of an address shows. Everything else depends on the account, and
     * is asked once it exists.
     *
     * @return string Empty if somebody may.
     */
    public static function ban(): string
    {
        $walk = new HookWalk(null, '');
        $result = $walk->during(static fn(): mixed => apply_filters('authenticate', null, '', ''));
        $is_ban = $result instanceof \WP_Error && array_diff($result->get_error_codes(), self::NOBODY_YET) !== [];

        return $is_ban ? self::describe($result, $walk) : '';
    }

    /**
     * Where WordPress checks the password: first whether the user may log in at all.
     */
    private static function check(\WP_User $user, string $password): mixed
    {
        $is_right = static fn(mixed $valid, mixed $given = '', mixed $_ = '', mixed $user_id = ''): bool => $valid === true
            || hash_equals($password, Input::to_string($given)) && in_array(Input::to_string($user_id), ['', (string) $user->ID], true);
        // Before activity logs, which look at what is known by then.
        add_filter('check_password', $is_right, PHP_INT_MIN, 4);
        try {
            /** This filter is documented in wp-includes/user.php */
            return apply_filters('wp_authenticate_user', $user, $password);
        } finally {
            remove_filter('check_password', $is_right, PHP_INT_MIN);
        }
    }

    private static function describe(\WP_Error $error, HookWalk $walk): string
    {
        $message = wp_strip_all_tags(implode(' ', array_filter($error->get_error_messages(), 'is_string')));

        return sprintf('%s (%s): %s', $error->get_error_code(), $walk->refused_by(), $message);
    }
}
