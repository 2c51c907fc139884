<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The HTTP request that is being served.
 */
final class Request
{
    /**
     * Text of a query or form parameter. Form wins, as in WordPress's own `$_REQUEST`.
     */
    public static function text(string $name): string
    {
        return Input::string(Input::to_map(wp_unslash($_POST)), $name, self::query($name));
    }

    /**
     * Of a form, and never of an address.
     */
    public static function posted(string $name): string
    {
        return Input::string(Input::to_map(wp_unslash($_POST)), $name);
    }

    /**
     * Fields of a form whose names are `name[…]`.
     *
     * @return array<array-key, mixed>
     */
    public static function form(string $name): array
    {
        return Input::map(Input::to_map(wp_unslash($_POST)), $name);
    }

    public static function query(string $name): string
    {
        return Input::string(Input::to_map(wp_unslash($_GET)), $name);
    }

    /**
     * The body of a POST as it came, or its beginning: more is no form of ours.
     */
    public static function body(): string
    {
        return self::server('REQUEST_METHOD') === 'POST' ? (string) file_get_contents('php://input', false, null, 0, 65_536) : '';
    }

    /**
     * Does something while the request reads as if a form had sent these fields; an empty one is not there.
     *
     * @template T
     *
     * @param array<string, string> $fields
     * @param callable(): T $work
     *
     * @return T
     */
    public static function with(array $fields, callable $work): mixed
    {
        // @mago-expect lint:no-request-variable - where WordPress and other plugins look
        $request = &$_REQUEST;
        $before = $request;
        $request = array_filter(wp_slash($fields), static fn(mixed $value): bool => $value !== '') + array_diff_key($before, $fields);
        try {
            return $work();
        } finally {
            $request = $before;
        }
    }

    public static function has(string $name): bool
    {
        return isset($_GET[$name]) || isset($_POST[$name]);
    }

    public static function server(string $name): string
    {
        return Input::string(Input::to_map(wp_unslash($_SERVER)), $name);
    }

    /**
     * Whether the request only reads.
     */
    public static function reads(): bool
    {
        return in_array(self::server('REQUEST_METHOD'), ['GET', 'HEAD'], true);
    }

    /**
     * The plugin's own cookies, and no others.
     *
     * @return array<string, string>
     */
    public static function cookies(): array
    {
        $cookies = [];
        foreach (Input::to_map(wp_unslash($_COOKIE)) as $name => $value) {
            if (!is_string($value) || !str_starts_with((string) $name, 'wordpress_logto_')) {
                continue;
            }

            $cookies[(string) $name] = $value;
        }

        return $cookies;
    }
}
