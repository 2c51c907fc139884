<?php

/**
 * What the plugin uses of WP-CLI, remembered instead of printed: no package registry of the tests has the real one.
 * It is context for the static analysis too.
 */

declare(strict_types=1);

final class WP_CLI
{
    /** @var array<string, callable> */
    public static array $commands = [];

    /** @var list<string> Each line with its kind in front. */
    public static array $said = [];

    public static function add_command(string $name, callable $command): bool
    {
        self::$commands[$name] = $command;

        return true;
    }

    public static function log(string $words): void
    {
        self::$said[] = 'log: ' . $words;
    }

    public static function warning(string $words): void
    {
        self::$said[] = 'warning: ' . $words;
    }

    public static function success(string $words): void
    {
        self::$said[] = 'success: ' . $words;
    }

    /**
     * The real one ends the program.
     */
    public static function error(string $words): never
    {
        self::$said[] = 'error: ' . $words;

        throw new \LogicException($words);
    }
}
