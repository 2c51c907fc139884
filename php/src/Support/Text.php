<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Texts of any language, with the two functions of mbstring that WordPress itself has where PHP lacks that extension.
 */
final class Text
{
    /**
     * At most so many characters, with “…” for those that are left out. Bytes that are not UTF-8 become the replacement
     * character.
     */
    public static function shorten(string $text, int $length): string
    {
        $text = self::to_utf8($text);

        return mb_strlen($text, 'UTF-8') <= $length ? $text : mb_substr($text, 0, $length - 1, 'UTF-8') . '…';
    }

    public static function lower(string $text): string
    {
        return Input::to_string(Functions::call('mb_strtolower', $text, 'UTF-8'), strtolower($text));
    }

    public static function to_utf8(string $text): string
    {
        return (string) json_decode((string) wp_json_encode($text, JSON_INVALID_UTF8_SUBSTITUTE));
    }
}
