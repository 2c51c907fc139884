<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * Signatures of Ed25519 (RFC 8032), by libsodium.
 */
final class PhpEd25519
{
    public static function verify(string $key, string $message, string $signature): bool
    {
        return self::is_available() && $key !== '' && $signature !== '' && sodium_crypto_sign_verify_detached($signature, $message, $key);
    }

    /**
     * Whether signatures can be verified with a key. Converting it looks at its point: on the curve, and in the large group.
     */
    public static function is_key(string $key): bool
    {
        try {
            return self::is_available() && $key !== '' && sodium_crypto_sign_ed25519_pk_to_curve25519($key) !== '';
        } catch (\SodiumException) {
            return false;
        }
    }

    /**
     * WordPress brings the same functions in PHP for servers without the extension.
     */
    private static function is_available(): bool
    {
        if (!function_exists('sodium_crypto_sign_verify_detached') && defined('ABSPATH')) {
            require_once ABSPATH . 'wp-includes/sodium_compat/autoload.php';
        }

        return function_exists('sodium_crypto_sign_verify_detached');
    }
}
