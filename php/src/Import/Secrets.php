<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Support\Input;

/**
 * Settings without their secrets, and digests that tell whether a secret is the same later.
 */
final class Secrets
{
    public static function without(mixed $settings): mixed
    {
        return is_array($settings) ? array_replace($settings, array_fill_keys(array_keys(self::digests($settings)), '')) : $settings;
    }

    /**
     * The settings with those secrets that are the same now.
     *
     * @param array<array-key, mixed> $digests
     */
    public static function restored(mixed $settings, array $digests, mixed $now): mixed
    {
        $same = array_intersect_key(Input::to_map($now), array_intersect_assoc(self::digests($now), $digests));

        return is_array($settings) ? array_replace($settings, $same) : $settings;
    }

    /**
     * @return array<array-key, string> The digest of each secret that is there.
     */
    public static function digests(mixed $settings): array
    {
        return array_map(self::digest(...), array_intersect_key(Input::to_map($settings), array_flip(Defaults::SECRETS)));
    }

    /**
     * Tells whether a value is the same later, and nothing else about it.
     */
    public static function digest(mixed $value): string
    {
        return hash_hmac('sha256', serialize($value), wp_salt('auth'));
    }
}
