<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Tests\TestCase;

/**
 * A saved secret: an empty field keeps it, and it belongs to one endpoint and one client.
 */
final class SavedSecretsTest extends TestCase
{
    public function test_an_empty_secret_keeps_the_saved_one(): void
    {
        $this->store(self::SETTINGS);

        self::save(['app_secret' => '', 'scope' => 'email'] + self::SETTINGS);

        self::assertSame(['a very secret secret', 'openid email'], [StoredOptions::own()['app_secret'], StoredOptions::own()['scope']]);
    }

    /**
     * Fault S8: a changed endpoint with an empty secret field kept the secret, so the next host received it.
     *
     * @dataProvider other_owners
     *
     * @param array<string, string> $submitted
     */
    public function test_fault_s8_a_secret_does_not_follow_another_endpoint_or_client(array $submitted, string $secret): void
    {
        $this->store(['dingtalk_client_id' => 'client', 'dingtalk_client_secret' => 'a very secret DingTalk secret'] + self::SETTINGS);

        self::save($submitted + [$secret => ''] + StoredOptions::own());

        self::assertSame('', StoredOptions::own()[$secret]);
        $errors = array_column(get_settings_errors(), 'message', 'code');
        self::assertSame(['logto_' . $secret], array_keys($errors));
        self::assertStringContainsString('secret was removed', $errors['logto_' . $secret]);

        // Once more with what was stored: what is missing is told as on any other day.
        $stored = StoredOptions::own();
        self::assertEquals($stored, Sanitizer::clean($stored, new Settings($stored), Manager::Network));
        self::assertCount(1, get_settings_errors());
    }

    /**
     * @return array<string, array{array<string, string>, string}>
     */
    public static function other_owners(): array
    {
        return [
            'endpoint' => [['endpoint' => 'https://evil.example'], 'app_secret'],
            'App ID' => [['app_id' => 'other'], 'app_secret'],
            'Client ID' => [['dingtalk_client_id' => 'other'], 'dingtalk_client_secret'],
        ];
    }
}
