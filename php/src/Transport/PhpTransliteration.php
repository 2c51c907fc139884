<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * Characters in ASCII, for usernames: a table beside the translation of the core. PHP's own transliteration is an extension
 * that many hosts lack, and differs from one version to the next.
 */
final class PhpTransliteration
{
    /** "None" as an i32, and as the length of an entry. */
    private const NONE = 0xFFFF_FFFF;
    private const NO_ENTRY = 0xFF;

    /**
     * @param list<int> $memory
     */
    public static function transliterate(array &$memory, int $character, int $to): int
    {
        $file = PhpInstance::file('transliteration.dat');
        // How many characters have an entry, then the entries: where a text begins, and its length in the highest byte.
        $count = self::number($file, 0);
        $entry = $character < $count ? self::number($file, 4 * ($character + 1)) : self::NO_ENTRY << 24;
        $length = $entry >> 24;
        if ($length === self::NO_ENTRY) {
            return self::NONE;
        }

        $text = $length === 0 ? '' : (string) file_get_contents($file, false, null, 4 * ($count + 1) + ($entry & 0xFF_FFFF), $length);
        PhpMemory::write($memory, $to, $text);

        return strlen($text);
    }

    private static function number(string $file, int $at): int
    {
        $number = unpack('V', (string) file_get_contents($file, false, null, $at, 4));

        return $number === false ? 0 : (int) $number[1];
    }
}
