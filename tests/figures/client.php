<?php

declare(strict_types=1);

/*
 * Plugin Name: Generic client
 * Description: The baseline of the figures: an OpenID Connect client as most WordPress plugins have it. It believes the
 *              ID token that the token endpoint sends, verifies no signature, and finds the account by user meta.
 */

namespace GenericClient;

use WP_Error;
use WP_User;

const SUBJECT = 'generic_client_subject';

/** @return array{url: string, id: string, secret: string} */
function settings(): array
{
    return get_option('generic_client');
}

function callback_url(): string
{
    return site_url('wp-login.php?action=generic_callback');
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/** @return array<string, mixed> */
function body(array|WP_Error $response): array
{
    if (is_wp_error($response) || wp_remote_retrieve_response_code($response) !== 200) {
        wp_die('The provider did not answer.', 502);
    }

    return json_decode(wp_remote_retrieve_body($response), true, 16, JSON_THROW_ON_ERROR);
}

function start(): never
{
    $settings = settings();
    [$state, $nonce, $verifier] = array_map(fn(int $bytes) => base64url(random_bytes($bytes)), [32, 32, 48]);
    set_transient("generic_client_{$state}", ['verifier' => $verifier, 'to' => admin_url()], 180);
    nocache_headers();
    wp_redirect($settings['url'] . '/auth?' . http_build_query([
        'response_type' => 'code',
        'scope' => 'openid profile email',
        'client_id' => $settings['id'],
        'redirect_uri' => callback_url(),
        'state' => $state,
        'nonce' => $nonce,
        'code_challenge' => base64url(hash('sha256', $verifier, true)),
        'code_challenge_method' => 'S256',
    ]));
    exit();
}

function callback(): never
{
    $settings = settings();
    $key = 'generic_client_' . sanitize_text_field(wp_unslash($_GET['state'] ?? ''));
    $attempt = get_transient($key);
    if (!is_array($attempt)) {
        wp_die('Invalid state.', 400);
    }

    delete_transient($key);
    $tokens = body(wp_remote_post($settings['url'] . '/token', [
        'headers' => ['Authorization' => 'Basic ' . base64_encode($settings['id'] . ':' . $settings['secret'])],
        'body' => [
            'grant_type' => 'authorization_code',
            'code' => sanitize_text_field(wp_unslash($_GET['code'] ?? '')),
            'redirect_uri' => callback_url(),
            'code_verifier' => $attempt['verifier'],
        ],
    ]));
    $claims = json_decode(base64_decode(strtr(explode('.', $tokens['id_token'])[1], '-_', '+/')), true);
    $userinfo = body(wp_remote_get($settings['url'] . '/me', [
        'headers' => ['Authorization' => 'Bearer ' . $tokens['access_token']],
    ]));
    if ($claims['sub'] !== $userinfo['sub']) {
        wp_die('Another subject.', 400);
    }

    $user = account($userinfo);
    update_user_meta($user->ID, 'generic_client_claims', $claims);
    wp_set_auth_cookie($user->ID, false);
    do_action('wp_login', $user->user_login, $user);
    wp_safe_redirect($attempt['to']);
    exit();
}

/** @param array<string, mixed> $claims */
function account(array $claims): WP_User
{
    $users = get_users(['meta_key' => SUBJECT, 'meta_value' => $claims['sub'], 'number' => 1]);
    if ($users !== []) {
        return $users[0];
    }

    $id = wp_insert_user([
        'user_login' => 'generic-' . $claims['sub'],
        'user_pass' => wp_generate_password(32),
        'user_email' => 'generic-' . $claims['email'],
        'display_name' => $claims['name'],
    ]);
    if (is_wp_error($id)) {
        wp_die($id);
    }

    update_user_meta($id, SUBJECT, $claims['sub']);

    return new WP_User($id);
}

add_action('login_form_generic', start(...));
add_action('login_form_generic_callback', callback(...));
