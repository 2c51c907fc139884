<?php

/**
 * Plugin Name: Code in the form
 * Description: A second factor whose code belongs to the login form, for users with the meta `form_code`. As a well-known
 * plugin does, it asks for a captcha in the same callback, which a filter leaves out.
 */

declare(strict_types=1);

add_filter('authenticate', static function (mixed $user): mixed {
    if (apply_filters('wordfence_ls_require_captcha', true)) {
        return new WP_Error('wfls_captcha_verify', 'Please verify that you are human.');
    }

    $code = $user instanceof WP_User ? (string) get_user_meta($user->ID, 'form_code', true) : '';
    $given = $_POST['wfls-token'] ?? null;

    return match (true) {
        $code === '', $given === $code => $user,
        $given === null => new WP_Error('wfls_twofactor_required', 'Please provide your code.'),
        default => new WP_Error('wfls_twofactor_failed', 'The code is invalid.'),
    };
}, 25);
