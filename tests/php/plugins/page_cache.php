<?php

/**
 * Plugin Name: Page cache
 * Description: Stores every answer to a GET request of an anonymous visitor by its whole address, redirects too, unless
 * DONOTCACHEPAGE forbids it, and hides cookies of unknown names from WordPress, as hosts with a cache do.
 */

declare(strict_types=1);

final class PageCache
{
    private const KNOWN = '~^(?:wordpress_|wp-|wp_|comment_)~';

    public static function run(): void
    {
        $_COOKIE = array_filter($_COOKIE, static fn(mixed $name): bool => preg_match(self::KNOWN, (string) $name) === 1, ARRAY_FILTER_USE_KEY);
        $is_signed_in = preg_grep('~^wordpress_logged_in~', array_map(strval(...), array_keys($_COOKIE))) !== [];
        if (($_SERVER['REQUEST_METHOD'] ?? '') !== 'GET' || $is_signed_in) {
            return;
        }

        $file = self::folder() . '/' . md5($_SERVER['HTTP_HOST'] . $_SERVER['REQUEST_URI']);
        is_file($file) ? self::serve($file) : self::store($file);
    }

    private static function serve(string $file): never
    {
        [$status, $headers, $body] = json_decode((string) file_get_contents($file), true);
        http_response_code($status);
        array_map(header(...), $headers);
        header('X-Page-Cache: hit');
        echo $body;

        exit();
    }

    private static function store(string $file): void
    {
        ob_start(static function (string $body) use ($file): string {
            if (!defined('DONOTCACHEPAGE')) {
                is_dir(dirname($file)) || mkdir(dirname($file), 0755, true);
                file_put_contents($file, json_encode([http_response_code(), headers_list(), $body]));
            }

            return $body;
        });
    }

    private static function folder(): string
    {
        return WP_CONTENT_DIR . '/cache/pages';
    }
}

PageCache::run();
