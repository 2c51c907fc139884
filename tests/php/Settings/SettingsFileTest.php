<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Settings;

use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\Tests\TestCase;

final class SettingsFileTest extends TestCase
{
    public function test_a_file_has_the_settings_and_no_secret(): void
    {
        $file = SettingsFile::write(['role_map' => 'staff = editor', 'avatar' => true, 'dingtalk_client_secret' => 'a very secret DingTalk secret', 'sync_profile' => '1'] + self::SETTINGS);

        self::assertStringNotContainsString('secret', $file);
        self::assertSame(['role_map' => 'staff = editor', 'avatar' => true, 'endpoint' => 'http://127.0.0.1:9', 'app_id' => 'app'], SettingsFile::read($file));
    }

    /**
     * @dataProvider others
     */
    public function test_another_file_is_none(string $file): void
    {
        self::assertNull(SettingsFile::read($file));
    }

    /**
     * @return array<string, array{string}>
     */
    public static function others(): array
    {
        return [
            'nothing' => [''],
            'no JSON' => ['{"plugin": "logto-sign-in", "settings": {'],
            'another plugin' => ['{"plugin": "another", "settings": {}}'],
            'no settings' => ['{"plugin": "logto-sign-in"}'],
            'a list' => ['{"plugin": "logto-sign-in", "settings": ["scope"]}'],
            'values within a value' => ['{"plugin": "logto-sign-in", "settings": {"scope": ["openid"]}}'],
            'too deep' => [str_repeat('[', 5000) . str_repeat(']', 5000)],
            'too long' => ['{"plugin": "logto-sign-in", "settings": {}}' . str_repeat(' ', SettingsFile::MAX_BYTES)],
        ];
    }
}
