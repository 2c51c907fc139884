<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Reads values that came from outside (decoded JSON, options, requests, filters) without trusting their types.
 *
 * `to_…` reads a value, and the others a member of an array; a value of another type is the default.
 */
final class Input
{
    /**
     * The array itself, or an empty one.
     *
     * @return array<array-key, mixed>
     */
    public static function to_map(mixed $value): array
    {
        return is_array($value) ? $value : [];
    }

    public static function to_string(mixed $value, string $default = ''): string
    {
        return is_string($value) || is_int($value) || is_float($value) ? (string) $value : $default;
    }

    public static function to_int(mixed $value, int $default = 0): int
    {
        return is_int($value) || is_string($value) && ctype_digit($value) ? (int) $value : $default;
    }

    /**
     * The strings among the values of an array.
     *
     * @return list<string>
     */
    public static function to_strings(mixed $value): array
    {
        return array_values(array_filter(self::to_map($value), 'is_string'));
    }

    /**
     * The arrays among the values of an array.
     *
     * @return list<array<array-key, mixed>>
     */
    public static function to_maps(mixed $value): array
    {
        return array_values(array_filter(self::to_map($value), 'is_array'));
    }

    /**
     * @param array<array-key, mixed> $from
     */
    public static function string(array $from, string $name, string $default = ''): string
    {
        return self::to_string($from[$name] ?? null, $default);
    }

    /**
     * @param array<array-key, mixed> $from
     */
    public static function int(array $from, string $name, int $default = 0): int
    {
        return self::to_int($from[$name] ?? null, $default);
    }

    /**
     * Yes or no in whatever scalar type it was stored; a word that means neither is the default.
     *
     * @param array<array-key, mixed> $from
     */
    public static function bool(array $from, string $name, bool $default = false): bool
    {
        $value = $from[$name] ?? $default;
        if (is_bool($value)) {
            return $value;
        }

        return match (strtolower(trim(self::to_string($value, 'neither')))) {
            '1', 'true', 'yes', 'on' => true,
            '', '0', 'false', 'no', 'off' => false,
            default => $default,
        };
    }

    /**
     * @param array<array-key, mixed> $from
     *
     * @return array<array-key, mixed>
     */
    public static function map(array $from, string $name): array
    {
        return self::to_map($from[$name] ?? null);
    }

    /**
     * @param array<array-key, mixed> $from
     *
     * @return list<string>
     */
    public static function strings(array $from, string $name): array
    {
        return self::to_strings($from[$name] ?? null);
    }
}
