<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

/**
 * What the core asked to be remembered, in transients; the core itself judges how fresh it is.
 */
final class Cache
{
    private const KEYS = ['discovery', 'jwks'];

    /**
     * The `cache` of a request to the core.
     *
     * @return array<string, mixed>
     */
    public static function read(): array
    {
        $cache = [];
        foreach (self::KEYS as $key) {
            $json = get_transient('logto_sign_in_' . $key);
            $cache[$key] = is_string($json) ? json_decode($json, false, 64) : null;
        }

        return $cache;
    }

    /**
     * @param array<string, array{json: string, ttl: int}> $values
     */
    public static function write(array $values): void
    {
        foreach ($values as $key => $value) {
            if (!in_array($key, self::KEYS, true) || $value['ttl'] <= 0) {
                continue;
            }

            set_transient('logto_sign_in_' . $key, $value['json'], $value['ttl']);
        }
    }

    public static function clear(): void
    {
        foreach (self::KEYS as $key) {
            delete_transient('logto_sign_in_' . $key);
        }
    }
}
