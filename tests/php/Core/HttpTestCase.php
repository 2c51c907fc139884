<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Http;
use LogtoSignIn\Protocol\Answer\HttpResponse;
use LogtoSignIn\Protocol\Effect\HttpRequest;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Requests to a provider of the tests.
 */
abstract class HttpTestCase extends TestCase
{
    protected static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    /**
     * @param array<string, mixed> $members Those that differ.
     */
    protected static function send(string $path, array $members = []): HttpResponse
    {
        return Http::send(new HttpRequest(...$members + [
            'method' => 'GET',
            'url' => self::$provider->url . $path,
            'headers' => [],
            'body' => null,
            'timeout_ms' => 5000,
            'max_bytes' => 65_536,
            'trusted_host' => true,
            'exclusive' => false,
        ]));
    }
}
