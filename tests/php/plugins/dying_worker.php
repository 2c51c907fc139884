<?php

/**
 * Ends the worker that answers a callback, as the kernel does when memory runs out: right before the query whose number is
 * in wp-content/die-at, which is removed. Without that file, wp-content/queries gets the number of queries.
 */

declare(strict_types=1);

if (($_GET['action'] ?? '') === 'logto_callback') {
    $order = WP_CONTENT_DIR . '/die-at';
    $at = is_file($order) ? (int) file_get_contents($order) : 0;
    $queries = 0;
    add_filter('query', static function (string $query) use ($at, $order, &$queries): string {
        if (++$queries === $at) {
            unlink($order);
            posix_kill(getmypid(), 9);
        }

        return $query;
    });
    add_action('shutdown', static function () use ($at, &$queries): void {
        if ($at === 0) {
            file_put_contents(WP_CONTENT_DIR . '/queries', (string) $queries);
        }
    });
}
