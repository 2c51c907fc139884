<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * The login page of a site with a provider.
 */
abstract class LoginPageTestCase extends TestCase
{
    protected static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    /**
     * @param array<string, string> $get
     * @param array<string, mixed> $other
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    protected static function page(array $get, array $other = []): array
    {
        return Program::page('wp-login.php', $get, $other + ['settings' => ['endpoint' => self::$provider->url] + self::SETTINGS]);
    }

    /**
     * @param array{headers: list<string>} $page
     */
    protected static function assertNeverStored(array $page): void
    {
        // CVE-2025-48947
        $caching = implode('', preg_grep('/^cache-control:/i', $page['headers']) ?: []);
        self::assertStringContainsString('no-store', $caching);
    }
}
