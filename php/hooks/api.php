<?php

/**
 * The hooks of a request to the REST API that carries a bearer token.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

// Late: a session's cookie, or another plugin, never adds to what the token allows.
add_filter('determine_current_user', [Api\Bearer::class, 'user'], PHP_INT_MAX);
// Before WordPress asks for the nonce of a session's cookie.
add_filter('rest_authentication_errors', [Api\Bearer::class, 'authenticate'], 5);
add_filter('rest_pre_dispatch', [Api\Bearer::class, 'allow'], PHP_INT_MAX, 3);
add_filter('rest_post_dispatch', [Api\Challenge::class, 'add'], PHP_INT_MAX);
