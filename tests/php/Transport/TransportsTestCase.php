<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Transport\Health;
use PHPUnit\Framework\TestCase;

/**
 * Transports in processes of PHP with other settings.
 */
abstract class TransportsTestCase extends TestCase
{
    protected function tearDown(): void
    {
        wp_cache_flush();
        Health::forget();
    }
}
