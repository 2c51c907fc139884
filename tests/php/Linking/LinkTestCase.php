<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * A user who connects an identity on the profile page.
 */
abstract class LinkTestCase extends TestCase
{
    protected static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    /**
     * @return array<string, mixed>
     */
    protected static function settings(): array
    {
        return [
            'dingtalk_client_id' => 'client id',
            'dingtalk_client_secret' => 'a very secret DingTalk secret',
            'dingtalk_origin' => self::$provider->url,
            'endpoint' => self::$provider->url,
        ] + self::SETTINGS;
    }
}
