<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Commands;

use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\PasswordLogin;

/**
 * The help of every command, and the commands about the site as a whole.
 */
final class CommandsTest extends CommandsTestCase
{
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

    private static function item(string $name): mixed
    {
        return array_column(\WP_CLI::$items, 'value', 'name')[$name] ?? null;
    }
}
