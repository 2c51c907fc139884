<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * Bytes in the memory of the translated core: a list of words of 32 bits, the first byte of each being its lowest.
 */
final class PhpMemory
{
    /** So many words become bytes at once: each is an argument of one call. */
    private const CHUNK = 4096;

    /**
     * @param list<int> $memory
     */
    public static function read(array $memory, int $address, int $length): string
    {
        $first = $address >> 2;
        $end = ($address + $length + 3) >> 2;
        if ($end > count($memory)) {
            throw new \OutOfRangeException('the engine names bytes outside of its memory');
        }

        $bytes = '';
        for ($at = $first; $at < $end; $at += self::CHUNK) {
            $bytes .= pack('V*', ...array_slice($memory, $at, min(self::CHUNK, $end - $at)));
        }

        return substr($bytes, $address & 3, $length);
    }

    /**
     * @param list<int> $memory
     */
    public static function write(array &$memory, int $address, string $bytes): void
    {
        // Whole words, with what is in the memory at both ends.
        $before = $address & 3;
        $after = -($before + strlen($bytes)) & 3;
        $whole = self::read($memory, $address - $before, $before) . $bytes . self::read($memory, $address + strlen($bytes), $after);
        $at = $address >> 2;
        $words = unpack('V*', $whole);
        foreach ($words === false ? [] : $words as $word) {
            $memory[$at++] = $word;
        }
    }
}
