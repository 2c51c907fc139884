<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Functions of PHP that shared hosts disable one by one (`disable_functions`). For PHP 8, such a function does not exist:
 * calling it ends the request, on the login page too. Whatever of them this plugin uses, it uses through this class or asks
 * this class first.
 */
final class Functions
{
    /** Whether every one of these may be called. */
    public static function exist(string ...$names): bool
    {
        return array_filter($names, static fn(string $name): bool => !function_exists($name)) === [];
    }

    /**
     * What a function returns, without its warnings; null where it is disabled.
     */
    public static function call(string $name, mixed ...$arguments): mixed
    {
        // @mago-expect lint:no-error-control-operator - "no" is an answer here
        return is_callable($name) ? @$name(...$arguments) : null;
    }
}
