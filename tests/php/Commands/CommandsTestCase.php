<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Commands;

use LogtoSignIn\Activity\Records;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * The commands below `wp logto`, as WP-CLI calls them. A stand-in remembers what they print.
 */
abstract class CommandsTestCase extends TestCase
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
     * @param list<string> $arguments
     * @param array<string, mixed> $options
     *
     * @return int The exit code.
     */
    protected static function run_command(string $name, array $arguments = [], array $options = []): int
    {
        try {
            \WP_CLI::$commands['logto ' . $name]($arguments, $options);
        } catch (\LogicException) {
            return 1;
        }

        return 0;
    }
}
