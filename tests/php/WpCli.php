<?php

/**
 * What the plugin uses of WP-CLI, remembered instead of printed: no package registry of the tests has the real one.
 * It is context for the static analysis too.
 */

declare(strict_types=1);

namespace WP_CLI\Utils {
    /**
     * @param list<array<string, mixed>> $items
     * @param list<string> $fields
     */
    function format_items(string $format, array $items, array $fields): void
    {
        \WP_CLI::$items = array_map(static fn(array $item): array => array_intersect_key($item, array_flip($fields)), $items);
        \WP_CLI::$said[] = $format . ': ' . json_encode(\WP_CLI::$items, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }
}

namespace WP_CLI\Dispatcher {
    /**
     * A word that commands begin with.
     */
    class CommandNamespace
    {
    }
}

namespace {
    final class WP_CLI
    {
        /** @var array<string, callable> */
        public static array $commands = [];

        /** @var array<string, array<string, string>> What is said about the words that commands begin with. */
        public static array $groups = [];

        /** @var list<string> Each line with its kind in front. */
        public static array $said = [];

        /** @var list<array<string, mixed>> What was printed as a table. */
        public static array $items = [];

        /** What standard input has. */
        public static string $stdin = '';

        /**
         * @param callable|class-string<\WP_CLI\Dispatcher\CommandNamespace> $command
         * @param array<string, string> $arguments
         */
        public static function add_command(string $name, callable|string $command, array $arguments = []): bool
        {
            if (is_callable($command)) {
                self::$commands[$name] = $command;

                return true;
            }

            // The real one makes the group when its first command comes, and leaves it as it is.
            if (array_filter(array_keys(self::$commands), static fn(string $other): bool => str_starts_with($other, $name . ' ')) !== []) {
                return false;
            }

            self::$groups[$name] = $arguments;

            return true;
        }

        public static function line(string $words): void
        {
            self::$said[] = 'line: ' . $words;
        }

        /**
         * @param array<array-key, mixed> $arguments
         */
        public static function get_value_from_arg_or_stdin(array $arguments, int $index): mixed
        {
            return $arguments[$index] ?? self::$stdin;
        }

        /**
         * The real one ends the program, and calls it a success, unless the answer is yes. Nobody answers here.
         *
         * @param array<array-key, mixed> $options
         */
        public static function confirm(string $question, array $options = []): void
        {
            if (!isset($options['yes'])) {
                self::$said[] = 'question: ' . $question;
                self::halt(0);
            }
        }

        /**
         * The real one ends the program.
         */
        public static function halt(int $code): never
        {
            self::$said[] = 'halt: ' . $code;

            throw new \LogicException((string) $code);
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
}
