<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Reads values of arrays that came from outside (decoded JSON, options, requests) without trusting their types.
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

    /**
     * @param array<array-key, mixed> $from
     */
    public static function string(array $from, string $name, string $default = ''): string
    {
        $value = $from[$name] ?? null;

        return is_string($value) || is_int($value) || is_float($value) ? (string) $value : $default;
    }

    /**
     * @param array<array-key, mixed> $from
     */
    public static function int(array $from, string $name, int $default = 0): int
    {
        $value = $from[$name] ?? null;

        return is_int($value) || is_string($value) && ctype_digit($value) ? (int) $value : $default;
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

        return match (strtolower(trim(self::string($from, $name, 'neither')))) {
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
        return array_values(array_filter(self::map($from, $name), 'is_string'));
    }

    /**
     * @param array<array-key, mixed> $from
     *
     * @return list<array<array-key, mixed>>
     */
    public static function maps(array $from, string $name): array
    {
        return array_values(array_filter(self::map($from, $name), 'is_array'));
    }
}
