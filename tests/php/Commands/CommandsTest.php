<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Commands;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * The commands below `wp logto`, as WP-CLI calls them. A stand-in remembers what they print.
 */
final class CommandsTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        \WP_CLI::$said = [];
        \WP_CLI::$items = [];
        \WP_CLI::$commands = [];
        \WP_CLI::$groups = [];
        do_action('cli_init');
        add_filter('pre_wp_mail', '__return_true', 999);
    }

    protected function tearDown(): void
    {
        Tables::database()->delete(Tables::identities(), ['issuer' => self::SETTINGS['endpoint'] . '/oidc']);
        Records::remove_before(PHP_INT_MAX);
        parent::tearDown();
    }

    /**
     * Before, without the admin pages, only the import could be run, and nothing said what was wrong.
     */
    public function test_status_names_what_is_set_up_and_what_fails(): void
    {
        self::assertSame(0, self::run_command('status', [], ['format' => 'json']));
        self::assertSame('json', strstr(\WP_CLI::$said[0], ':', true));
        self::assertSame('logto', self::item('providers'));
        self::assertSame('', self::item('failing'));

        $this->store([]);
        self::assertSame(1, self::run_command('status'));
    }

    public function test_every_command_has_help_with_an_example(): void
    {
        foreach (\WP_CLI::$commands as $name => $command) {
            $help = (string) (new \ReflectionMethod($command[0], $command[1]))->getDocComment();
            self::assertStringContainsString('## EXAMPLES', $help, $name);
            self::assertStringContainsString('wp ' . $name, $help, $name);
        }
    }

    /**
     * Before, `wp help logto` listed settings, users, activity and cache without a word.
     */
    public function test_every_group_of_commands_is_described(): void
    {
        $groups = [];
        foreach (array_keys(\WP_CLI::$commands) as $name) {
            $words = explode(' ', $name);
            for ($length = 1; $length < count($words); $length++) {
                $groups[] = implode(' ', array_slice($words, 0, $length));
            }
        }

        self::assertEqualsCanonicalizing(array_values(array_unique($groups)), array_keys(\WP_CLI::$groups));
    }

    public function test_check_ends_with_an_error_while_the_provider_does_not_answer(): void
    {
        self::assertSame(1, self::run_command('check'));
        self::assertNotSame([], \WP_CLI::$items === [] ? preg_grep('/^error: /', \WP_CLI::$said) : \WP_CLI::$items);
    }

    public function test_addresses_are_those_of_the_settings_page(): void
    {
        self::run_command('addresses');

        self::assertSame(\LogtoSignIn\Settings\Site::redirect_uri(), self::item('redirect_uri'));
        self::assertStringEndsWith('action=logto_backchannel_logout', (string) self::item('backchannel_logout_uri'));
    }

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

    public function test_users_are_linked_listed_and_unlinked(): void
    {
        $user = $this->user('mary');
        $other = $this->user('other');
        self::assertSame(0, self::run_command('users link', ['mary', 'subject-1']));
        self::assertSame(1, self::run_command('users link', ['other@example.org', 'subject-1']), 'it belongs to somebody else');
        self::assertSame(1, self::run_command('users link', ['mary', str_repeat('x', 256)]));
        self::assertSame(1, self::run_command('users link', ['nobody', 'subject-2']));
        self::assertSame(0, self::run_command('users link', [(string) $other->ID, 'union', ], ['provider' => 'dingtalk']));

        self::run_command('users list');
        $listed = array_column(\WP_CLI::$items, 'issuer', 'user');
        self::assertSame(self::SETTINGS['endpoint'] . '/oidc', $listed['mary']);
        self::assertSame(Provider::DINGTALK_ISSUER, $listed['other']);

        self::run_command('users unlink', ['mary']);
        self::assertStringStartsWith('question: ', \WP_CLI::$said[count(\WP_CLI::$said) - 2]);
        self::assertCount(1, Identities::of_user($user->ID), 'nobody said yes');
        $id = (string) Identities::of_user($user->ID)[0]['id'];
        self::assertSame(0, self::run_command('users unlink', ['mary'], ['id' => $id, 'yes' => true]));
        self::assertSame([], Identities::of_user($user->ID));
        self::assertSame(1, self::run_command('users unlink', ['mary'], ['yes' => true]), 'there is none');
    }

    public function test_whoever_waits_is_approved_without_a_user_of_wordpress(): void
    {
        $user = $this->user('waiting', '');
        update_user_meta($user->ID, UserMeta::PENDING, '1');
        update_user_meta($user->ID, UserMeta::PENDING_ROLES, ['author']);

        self::run_command('users list', [], ['pending' => true]);
        self::assertContains('waiting', array_column(\WP_CLI::$items, 'user'));
        self::assertSame(0, self::run_command('users approve', ['waiting']));
        self::assertSame(['author'], (new \WP_User($user->ID))->roles);
        self::assertSame(1, self::run_command('users approve', ['waiting']));
    }

    public function test_the_activity_is_listed_and_a_terminal_obeys_nothing_in_it(): void
    {
        Records::add(new Event(Kind::Refused, 'client_rejected', Provider::Logto, cause: "red \e[31m text"), '', time());
        Records::add(new Event(Kind::SignedIn, provider: Provider::Logto), '', time());

        self::run_command('activity list', [], ['kind' => 'refused']);

        self::assertSame(['client_rejected'], array_column(\WP_CLI::$items, 'code'));
        self::assertSame('red ?[31m text', \WP_CLI::$items[0]['cause']);
    }

    public function test_the_login_form_is_turned_off_and_on(): void
    {
        self::assertSame(0, self::run_command('login-form', ['off']));
        self::assertFalse(PasswordLogin::is_available());
        self::assertSame(0, self::run_command('login-form', ['on']));
        self::assertTrue(PasswordLogin::is_available());
    }

    /**
     * Before, any other word turned password login off: WP-CLI takes the choices `on` and `off` for yes and no, and then
     * accepts everything.
     */
    public function test_a_state_that_is_none_changes_nothing(): void
    {
        self::assertSame(1, self::run_command('login-form', ['enable']));
        self::assertTrue(PasswordLogin::is_available());
    }

    public function test_the_cache_is_cleared(): void
    {
        set_transient('logto_sign_in_discovery', '{}', 60);

        self::assertSame(0, self::run_command('cache clear'));

        self::assertFalse(get_transient('logto_sign_in_discovery'));
    }

    /**
     * @param list<string> $arguments
     * @param array<string, mixed> $options
     *
     * @return int The exit code.
     */
    private static function run_command(string $name, array $arguments = [], array $options = []): int
    {
        try {
            \WP_CLI::$commands['logto ' . $name]($arguments, $options);
        } catch (\LogicException) {
            return 1;
        }

        return 0;
    }

    private static function item(string $name): mixed
    {
        return array_column(\WP_CLI::$items, 'value', 'name')[$name] ?? null;
    }
}
