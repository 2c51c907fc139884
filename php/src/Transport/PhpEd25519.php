<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Functions;

/**
 * Signatures of Ed25519 (RFC 8032), by libsodium.
 */
final class PhpEd25519
{
    public static function verify(string $key, string $message, string $signature): bool
    {
        return $key !== '' && $signature !== '' && sodium_crypto_sign_verify_detached($signature, $message, $key);
    }

    /**
     * Whether signatures can be verified with a key. Converting it looks at its point: on the curve, and in the large group.
     */
    public static function is_key(string $key): bool
    {
        try {
            return $key !== '' && sodium_crypto_sign_ed25519_pk_to_curve25519($key) !== '';
        } catch (\SodiumException) {
            return false;
        }
    }

    public static function is_available(): bool
    {
        return Functions::exist('sodium_crypto_sign_verify_detached', 'sodium_crypto_sign_ed25519_pk_to_curve25519');
    }
}
