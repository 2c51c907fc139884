<?php

/**
 * The hooks of signing out, on whatever page. WordPress tells only when the session is gone, so what a request's own session
 * says is kept as it is found. It also says when the provider is asked about it again. The keys are those of Accounts\Sessions
 * and Accounts\Renewals.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

(static function (): void {
    $sessions = [];
    add_action('auth_cookie_valid', static function (mixed $cookie, mixed $user) use (&$sessions): void {
        $token = is_array($cookie) ? $cookie['token'] ?? '' : '';
        if (!$user instanceof \WP_User || !is_string($token)) {
            return;
        }

        $session = \WP_Session_Tokens::get_instance($user->ID)->get($token);
        if (isset($session['logto_sign_in']) || isset($session['logto_sign_in_switched'])) {
            $sessions[$token] = $session;
        }

        $due = $session['logto_sign_in_renewal'] ?? null;
        if (is_array($due) && is_int($due['after'] ?? null) && is_int($due['by'] ?? null) && $due['after'] <= time()) {
            SignIn\Revalidation::plan($user->ID, $token, $due['by']);
        }
    }, 10, 2);
    $end = static function (mixed $user_id = 0) use (&$sessions): void {
        SignIn\SignOut::begin($sessions[wp_get_session_token()] ?? [], is_int($user_id) ? $user_id : 0);
    };
    add_action('wp_logout', $end, PHP_INT_MIN);
    add_action('switch_off_user', $end, PHP_INT_MIN);
})();
