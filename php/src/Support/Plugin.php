<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * What this plugin is.
 */
final class Plugin
{
    public const VERSION = '0.2.0';

    /**
     * The address of one of its files.
     */
    public static function url(string $file): string
    {
        return plugins_url($file, dirname(__DIR__));
    }

    public static function path(string $file): string
    {
        return dirname(__DIR__, 2) . '/' . $file;
    }
}
