<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Protocol;

/**
 * The messages in tests/vectors/protocol, which the core's own tests compare with what the core says.
 */
final class GoldenFiles
{
    /**
     * Every reply of every file, by file and number.
     *
     * @return array<string, \stdClass>
     */
    public static function replies(): array
    {
        $replies = [];
        foreach (glob(dirname(__DIR__, 2) . '/vectors/protocol/*.json') ?: [] as $file) {
            $contents = json_decode((string) file_get_contents($file), false, 64, JSON_THROW_ON_ERROR);
            foreach (self::members('reply', $contents) as $number => $reply) {
                $replies[basename($file, '.json') . ' ' . $number] = $reply;
            }
        }

        return $replies;
    }

    /**
     * Every reply with an effect, once for each of its types.
     *
     * @return array<string, \stdClass>
     */
    public static function effects(): array
    {
        $effects = [];
        foreach (self::replies() as $reply) {
            if (isset($reply->effect)) {
                $effects[$reply->effect->type] ??= $reply->effect;
            }
        }

        return $effects;
    }

    /**
     * @return list<\stdClass> What bears a name, wherever in a file.
     */
    private static function members(string $name, mixed $value): array
    {
        $found = [];
        foreach (is_array($value) || $value instanceof \stdClass ? (array) $value : [] as $key => $member) {
            array_push($found, ...($key === $name ? [$member] : self::members($name, $member)));
        }

        return $found;
    }
}
