<?php

/**
 * What sites behind a proxy that ends TLS have in wp-config.php.
 */

declare(strict_types=1);

if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {
    $_SERVER['HTTPS'] = 'on';
}
