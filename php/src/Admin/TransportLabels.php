<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Functions;
use LogtoSignIn\Transport\Shipped;

/**
 * Names of the transports, and what keeps one from working.
 */
final class TransportLabels
{
    public static function name(string $transport): string
    {
        return match ($transport) {
            'ffi' => __('Library inside PHP (FFI)', 'logto-sign-in'),
            'socket' => __('Service on a Unix socket', 'logto-sign-in'),
            'process' => __('Program started by PHP', 'logto-sign-in'),
            'php' => __('PHP engine', 'logto-sign-in'),
            default => $transport,
        };
    }

    /**
     * Why nothing faster is used, for an administrator.
     */
    public static function why_php(): string
    {
        if (!in_array('process', Shipped::NAMES, true)) {
            return __('Sign-ins use the PHP engine, which works on every server. That is fine.', 'logto-sign-in');
        }

        return Functions::exist('proc_open')
            ? __('Your server cannot run the program in the plugin’s bin folder, so sign-ins use the PHP engine. That is fine.', 'logto-sign-in')
            : __('Your server does not allow PHP to start programs, so sign-ins use the PHP engine. That is fine.', 'logto-sign-in');
    }

    /**
     * What keeps a transport from working, by its code; nothing does where there is none.
     */
    public static function obstacle(null|string $code): string
    {
        return $code === null ? __('It works.', 'logto-sign-in') : Catalog::of($code)->message;
    }
}
