<?php

/**
 * The hooks of a login, on whatever page it begins.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

add_filter('authenticate', [SignIn\PasswordLogin::class, 'enforce'], 1);
add_filter('authenticate', [SignIn\PasswordLogin::class, 'explain'], 25, 3);
add_filter('authenticate', [Linking\SessionProof::class, 'note'], 29);
add_filter('authenticate', [Approval\Gate::class, 'authenticate'], PHP_INT_MAX);
add_filter('wp_authenticate_user', [Approval\Gate::class, 'without_password'], 10, 2);
add_action('wp_authenticate_application_password_errors', [Approval\Gate::class, 'application_password'], 10, 2);
add_filter('attach_session_information', [Accounts\Sessions::class, 'carry'], 10, 2);
add_filter('attach_session_information', [Linking\SessionProof::class, 'mark'], 10, 2);
add_filter('send_auth_cookies', [Approval\Gate::class, 'cookies'], 10, 4);
add_filter('login_redirect', static fn(mixed $to, mixed $_ = '', mixed $user = null): mixed => isset($_COOKIE['wordpress_logto_connect']) ? Linking\Connect::redirect($to, $user) : $to, PHP_INT_MAX, 3);
add_action('wp_login', [Accounts\Revocation::class, 'on_login'], 10, 2);
add_filter('wp_is_application_passwords_available_for_user', [SignIn\PasswordLogin::class, 'application_passwords']);
