<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Functions;

/**
 * The arithmetic of signatures, which the translated core asks of PHP's extensions: pure functions, whose results depend on
 * the arguments alone. `wasm/src/host.rs` describes them; an address and a length name bytes in the core's memory. Where an
 * extension is missing, the arithmetic is translated too.
 */
final class PhpSignatures
{
    private const ED25519 = 0;

    private const SHA256 = 1;
    private const SHA384 = 2;

    /**
     * @param list<int> $memory
     */
    public static function verify(array &$memory, int $scheme, int ...$places): int
    {
        [$key, $key_length, $message, $message_length, $signature, $signature_length] = $places;
        $key_bytes = PhpMemory::read($memory, $key, $key_length);
        $message_bytes = PhpMemory::read($memory, $message, $message_length);
        $signature_bytes = PhpMemory::read($memory, $signature, $signature_length);
        if (!self::has_extension($scheme)) {
            return (int) PhpArithmetic::verify($scheme, $key_bytes, $message_bytes, $signature_bytes);
        }

        if ($scheme === self::ED25519) {
            return (int) PhpEd25519::verify($key_bytes, $message_bytes, $signature_bytes);
        }

        $hash = match ($scheme) {
            self::SHA256 => OPENSSL_ALGO_SHA256,
            self::SHA384 => OPENSSL_ALGO_SHA384,
            default => OPENSSL_ALGO_SHA512,
        };
        $public_key = self::key($key_bytes);
        $is_right = $public_key !== null && openssl_verify($message_bytes, $signature_bytes, $public_key, $hash) === 1;
        self::forget_errors();

        return (int) $is_right;
    }

    /**
     * @param list<int> $memory
     */
    public static function is_key(array &$memory, int $scheme, int $key, int $key_length): int
    {
        $bytes = PhpMemory::read($memory, $key, $key_length);

        return (int) match (true) {
            !self::has_extension($scheme) => PhpArithmetic::is_key($scheme, $bytes),
            $scheme === self::ED25519 => PhpEd25519::is_key($bytes),
            default => self::key($bytes) !== null,
        };
    }

    /**
     * @param list<int> $memory
     */
    public static function rsa(array &$memory, int ...$places): int
    {
        [$key, $key_length, $signature, $signature_length, $to] = $places;
        $key_bytes = PhpMemory::read($memory, $key, $key_length);
        $signature_bytes = PhpMemory::read($memory, $signature, $signature_length);
        $opened = self::has_extension(self::SHA256) ? self::open($key_bytes, $signature_bytes) : PhpArithmetic::rsa($key_bytes, $signature_bytes);
        if ($opened === null) {
            return 0;
        }

        PhpMemory::write($memory, $to, $opened);

        return 1;
    }

    private static function has_extension(int $scheme): bool
    {
        return $scheme === self::ED25519
            ? PhpEd25519::is_available()
            : Functions::exist('openssl_verify', 'openssl_pkey_get_public', 'openssl_public_decrypt', 'openssl_error_string');
    }

    private static function open(string $key, string $signature): null|string
    {
        $public_key = self::key($key);
        $opened = '';
        $done = $public_key !== null && openssl_public_decrypt($signature, $opened, $public_key, OPENSSL_NO_PADDING);
        self::forget_errors();

        return $done ? $opened : null;
    }

    /**
     * A key by its DER; null when it is none, or a point beside its curve.
     */
    private static function key(string $der): null|\OpenSSLAsymmetricKey
    {
        $key = openssl_pkey_get_public("-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END PUBLIC KEY-----\n");
        self::forget_errors();

        return $key === false ? null : $key;
    }

    /**
     * OpenSSL keeps its errors for whoever asks next.
     */
    private static function forget_errors(): void
    {
        do {
            $error = openssl_error_string();
        } while ($error !== false);
    }
}
