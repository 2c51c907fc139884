<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Commands;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\SettingsFile;

/**
 * `wp logto settings`: the rules are those of the settings page, and no secret is printed.
 */
final class SettingsCommandsTest extends CommandsTestCase
{
    public function test_settings_follow_the_rules_of_the_page(): void
    {
        self::assertSame(0, self::run_command('settings set', ['scope', 'email,openid']));
        self::assertSame('openid email', Settings::current()->text('scope'));
        self::assertSame(1, self::run_command('settings set', ['scope', '🔑']));
        self::assertStringContainsString('[scope_invalid]', implode("\n", \WP_CLI::$said));
        self::assertSame('openid email', Settings::current()->text('scope'));
        self::assertSame('a very secret secret', Settings::current()->text('app_secret'), 'the others stay');

        self::assertSame(1, self::run_command('settings set', ['no_such_setting', 'x']));
        self::run_command('settings get', ['scope']);
        self::assertSame('line: openid email', end(\WP_CLI::$said));
    }

    /**
     * The list that the browser's build of the core and the settings page are held to, too. On a network, a site has not
     * all of these settings.
     *
     * @group single
     */
    public function test_each_bad_setting_has_its_code(): void
    {
        $list = json_decode((string) file_get_contents(dirname(__DIR__, 2) . '/vectors/settings/bad.json'), true, 8, JSON_THROW_ON_ERROR);
        self::assertCount(80, $list);
        foreach ($list as ['setting' => $setting, 'value' => \WP_CLI::$stdin, 'code' => $code]) {
            \WP_CLI::$said = [];
            $is_secret = in_array($setting, Defaults::SECRETS, true);
            $ended = self::run_command('settings set', [$setting, ...($is_secret ? [] : [\WP_CLI::$stdin])]);

            self::assertSame(1, $ended, $setting . ': ' . \WP_CLI::$stdin);
            self::assertMatchesRegularExpression("/^warning: $setting: .* \\[$code\\]$/m", implode("\n", \WP_CLI::$said));
        }
    }

    public function test_a_secret_comes_by_standard_input_and_is_never_printed(): void
    {
        self::assertSame(1, self::run_command('settings set', ['app_secret', 'typed secret']));
        \WP_CLI::$stdin = "another secret\n";
        self::assertSame(0, self::run_command('settings set', ['app_secret']));
        self::assertSame('another secret', Settings::current()->text('app_secret'));

        // Before, a command that failed to print the secret ended in “The settings were saved.”
        \WP_CLI::$stdin = '';
        self::assertSame(1, self::run_command('settings set', ['app_secret']));
        self::assertSame('another secret', Settings::current()->text('app_secret'));

        self::run_command('settings get');
        self::run_command('settings get', ['app_secret']);
        self::run_command('settings export');
        self::assertStringNotContainsString('another secret', implode("\n", \WP_CLI::$said));
        self::assertContains('line: [saved]', \WP_CLI::$said);
    }

    public function test_an_exported_file_can_be_imported(): void
    {
        self::run_command('settings set', ['scope', 'openid email']);
        self::run_command('settings export');
        $file = substr((string) end(\WP_CLI::$said), strlen('line: '));
        self::run_command('settings set', ['scope', 'openid phone']);

        \WP_CLI::$stdin = $file;
        self::assertSame(0, self::run_command('settings import'));
        self::assertSame('openid email', Settings::current()->text('scope'));
        self::assertSame(1, self::run_command('settings import', ['/no/such/file']));
        \WP_CLI::$stdin = SettingsFile::write(['scope' => '🔑']);
        self::assertSame(1, self::run_command('settings import'));
    }
}
