<?php

/**
 * The hooks that only the plugin's own classes fire, or lead to: they are added with the first class.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

add_filter('logto_sign_in_secrets', [Settings\Settings::class, 'secrets'], PHP_INT_MAX);
// A sign-in may end on any page, after another plugin's second factor.
add_action('logto_sign_in_signed_in', [Providers\Proof::class, 'signed_in'], 10, 2);
