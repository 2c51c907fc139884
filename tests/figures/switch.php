<?php

declare(strict_types=1);

/*
 * Included by wp-config.php: the header of a request chooses what is measured, so that turns can follow each other
 * without a restart. `X-Figures: <none|generic|ffi|socket|process> <warm|cold> <socket>`.
 */

(static function (): void {
    [$variant, $cache, $socket] = explode(' ', ($_SERVER['HTTP_X_FIGURES'] ?? '') . '  ');
    if ($cache === 'cold') {
        ini_set('opcache.enable', '0');
    }

    $plugins = match ($variant) {
        'none' => [],
        'generic' => ['client.php'],
        default => null,
    };
    if ($plugins !== null) {
        // WordPress takes filters that were there before it.
        $GLOBALS['wp_filter']['pre_option_active_plugins'][10][] = [
            'function' => static fn() => $plugins,
            'accepted_args' => 0,
        ];
    } elseif ($variant !== '') {
        define('LOGTO_SIGN_IN_TRANSPORT', $variant);
        define('LOGTO_SIGN_IN_SOCKET', $socket);
    }
})();
