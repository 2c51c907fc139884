<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Constants that the admin may have set in wp-config.php.
 */
final class Constants
{
    /** The text of a constant; empty when it is not set, or no text. */
    public static function text(string $name): string
    {
        $value = defined($name) ? constant($name) : null;

        return is_string($value) ? $value : '';
    }

    /**
     * The words of a constant, separated by spaces or commas.
     *
     * @return list<string>
     */
    public static function words(string $name): array
    {
        $words = preg_split('/[\s,]+/', self::text($name), -1, PREG_SPLIT_NO_EMPTY);

        return is_array($words) ? $words : [];
    }

    /** Whether a constant says yes or no; null when it is not set, or says neither. */
    public static function flag(string $name): null|bool
    {
        $value = ['given' => defined($name) ? constant($name) : null];
        if ($value['given'] === null || Input::bool($value, 'given') !== Input::bool($value, 'given', true)) {
            return null;
        }

        return Input::bool($value, 'given');
    }
}
