<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\CacheKey;
use LogtoSignIn\Protocol\CacheWrite;

/**
 * What the core asked to cache, in transients. The core itself decides how fresh a value has to be.
 */
final class Cache
{
    /**
     * The `cache` of a request to the core.
     *
     * @return array<string, mixed>
     */
    public static function read(): array
    {
        $cache = [];
        foreach (CacheKey::cases() as $key) {
            $json = get_transient(self::transient($key));
            $cache[$key->value] = is_string($json) ? json_decode($json, false, 64) : null;
        }

        return $cache;
    }

    /**
     * Stores values as JSON: as PHP arrays, `{}` would come back as `[]`.
     *
     * @param list<CacheWrite> $writes
     */
    public static function write(array $writes): void
    {
        foreach ($writes as $write) {
            $json = wp_json_encode($write->value);
            // For WordPress, a transient of 0 seconds never expires.
            if (is_string($json) && $write->ttl > 0) {
                set_transient(self::transient($write->key), $json, $write->ttl);
            }
        }
    }

    public static function clear(): void
    {
        foreach (CacheKey::cases() as $key) {
            delete_transient(self::transient($key));
        }
    }

    private static function transient(CacheKey $key): string
    {
        return 'logto_sign_in_' . $key->value;
    }
}
