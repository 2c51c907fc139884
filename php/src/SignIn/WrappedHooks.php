<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;

/**
 * Hooks of WordPress whose callbacks are called by somebody else for a while. Callbacks that are added meanwhile are not, and
 * go with it.
 */
final class WrappedHooks
{
    /**
     * Does something while each callback of the hooks is called by `$call`.
     *
     * @template T
     *
     * @param list<string> $names
     * @param callable(HookCallback, array<mixed>): mixed $call
     * @param callable(): T $work
     *
     * @return T
     */
    public static function during(array $names, callable $call, callable $work): mixed
    {
        /**
         * @mago-expect lint:no-global - where WordPress keeps its hooks
         * @var array<string, \WP_Hook> $hooks
         */
        $hooks = &$GLOBALS['wp_filter'];
        $before = [];
        foreach ($names as $name) {
            $before[$name] = $hooks[$name] ?? new \WP_Hook();
            $hooks[$name] = self::wrapped($name, clone $before[$name], $call);
        }

        try {
            return $work();
        } finally {
            $hooks = array_replace($hooks, $before);
        }
    }

    /**
     * @param callable(HookCallback, array<mixed>): mixed $call
     */
    private static function wrapped(string $name, \WP_Hook $hook, callable $call): \WP_Hook
    {
        $wrapped = [];
        foreach (Input::to_map($hook->callbacks) as $priority => $callbacks) {
            // By their keys, another plugin still finds and removes them.
            foreach (Input::to_map($callbacks) as $id => $entry) {
                $entry = Input::to_map($entry);
                $callback = new HookCallback($entry['function'] ?? null, $name, (int) $priority, Input::int($entry, 'accepted_args'));
                $function = static fn(mixed ...$arguments): mixed => $call($callback, $arguments);
                $wrapped[$priority][$id] = ['function' => $function, 'accepted_args' => PHP_INT_MAX];
            }
        }

        $hook->callbacks = $wrapped;

        return $hook;
    }
}
