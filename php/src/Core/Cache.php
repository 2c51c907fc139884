<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\CacheKey;
use LogtoSignIn\Protocol\CacheWrite;
use LogtoSignIn\Transport\Health;

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
        self::prime();
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
            $name = self::transient($write->key);
            $json = wp_json_encode($write->value);
            // For WordPress, a transient of 0 seconds never expires.
            match (true) {
                $write->ttl === 0 => delete_transient($name),
                is_string($json) => set_transient($name, $json, $write->ttl),
                default => null,
            };
        }
    }

    public static function clear(): void
    {
        foreach (CacheKey::cases() as $key) {
            delete_transient(self::transient($key));
        }
    }

    /**
     * Has WordPress read all values, and which transports work, in one query, where they are in the database and WordPress is
     * new enough for that.
     */
    private static function prime(): void
    {
        if (wp_using_ext_object_cache() === true || !function_exists('wp_prime_option_caches')) {
            return;
        }

        $names = [Health::TRANSIENT, ...array_map(self::transient(...), CacheKey::cases())];
        wp_prime_option_caches([
            ...array_map(static fn(string $name): string => '_transient_' . $name, $names),
            ...array_map(static fn(string $name): string => '_transient_timeout_' . $name, $names),
        ]);
    }

    private static function transient(CacheKey $key): string
    {
        return 'logto_sign_in_' . $key->value;
    }
}
