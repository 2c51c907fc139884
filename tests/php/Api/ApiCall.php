<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Api;

use LogtoSignIn\Api\Bearer;
use LogtoSignIn\Api\Challenge;

/**
 * A provider with a key, its access tokens, and calls of the REST API with them.
 */
final class ApiCall
{
    public const RESOURCE = 'https://example.org/wp-json';

    public const ISSUER = 'http://127.0.0.1:9/oidc';

    private const DOCUMENTS = [
        'issuer' => self::ISSUER,
        'authorization_endpoint' => self::ISSUER . '/auth',
        'token_endpoint' => self::ISSUER . '/token',
        'jwks_uri' => self::ISSUER . '/jwks',
        'code_challenge_methods_supported' => ['S256'],
    ];

    private static null|\OpenSSLAsymmetricKey $key = null;

    /**
     * What the provider answers at an address; null for one that it does not have.
     */
    public static function document(string $url): null|string
    {
        return match ($url) {
            self::ISSUER . '/.well-known/openid-configuration' => (string) json_encode(self::DOCUMENTS),
            self::ISSUER . '/jwks' => (string) json_encode(['keys' => [self::jwk()]]),
            default => null,
        };
    }

    /**
     * @param array<string, mixed> $claims Those that differ.
     */
    public static function token(string $scope, string $subject = 'subject', array $claims = []): string
    {
        $claims += ['iss' => self::ISSUER, 'aud' => self::RESOURCE, 'sub' => $subject, 'client_id' => 'a-program', 'scope' => $scope, 'iat' => time(), 'exp' => time() + 600];
        $message = self::base64url((string) json_encode(['alg' => 'RS256', 'kid' => 'k', 'typ' => 'at+jwt'])) . '.' . self::base64url((string) json_encode($claims));
        openssl_sign($message, $signature, self::key(), OPENSSL_ALGO_SHA256);

        return $message . '.' . self::base64url($signature);
    }

    /**
     * A request as WordPress's server of the REST API handles it.
     *
     * @param array<string, mixed> $parameters
     */
    public static function ask(string $token, string $method, string $route, array $parameters = []): \WP_REST_Response
    {
        Bearer::forget();
        $_SERVER['HTTP_AUTHORIZATION'] = 'Bearer ' . $token;
        add_filter('rest_authentication_errors', [Bearer::class, 'authenticate'], 5);
        add_filter('rest_pre_dispatch', [Bearer::class, 'allow'], PHP_INT_MAX, 3);
        add_filter('rest_post_dispatch', [Challenge::class, 'add'], PHP_INT_MAX);
        $request = new \WP_REST_Request($method, $route);
        $request->set_body_params($parameters);
        $refused = rest_get_server()->check_authentication();

        $response = $refused instanceof \WP_Error ? rest_convert_error_to_response($refused) : rest_do_request($request);

        return apply_filters('rest_post_dispatch', $response, rest_get_server(), $request);
    }

    /**
     * @return array<string, string>
     */
    private static function jwk(): array
    {
        $details = openssl_pkey_get_details(self::key())['rsa'] ?? [];

        return ['kty' => 'RSA', 'kid' => 'k', 'n' => self::base64url($details['n']), 'e' => self::base64url($details['e'])];
    }

    private static function key(): \OpenSSLAsymmetricKey
    {
        return self::$key ??= openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_RSA, 'private_key_bits' => 2048]) ?: throw new \RuntimeException('no key');
    }

    private static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
