<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Commands\ImportCommand;
use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Settings\Settings;

/**
 * `wp logto import`.
 */
final class CommandTest extends LogtoPluginTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        \WP_CLI::$said = [];
    }

    public function test_the_command_imports_and_undoes(): void
    {
        $this->five();
        do_action('cli_init');
        $command = \WP_CLI::$commands['logto import'];
        self::assertSame([ImportCommand::class, 'run'], $command);

        $command([], ['dry-run' => true]);
        self::assertContains('log: To be connected: 2', \WP_CLI::$said);
        self::assertContains('success: Dry run: nothing was changed', \WP_CLI::$said);
        self::assertSame(0, ImportedIdentities::count());

        \WP_CLI::$said = [];
        $command([], []);
        foreach (['log: Connected: 2', 'log: Assigned to several users: 2', 'log: Administrator: 1', 'success: Imported', 'log: 5 of 5'] as $line) {
            self::assertContains($line, \WP_CLI::$said);
        }

        self::assertSame(2, ImportedIdentities::count());
        $command([], ['privileged' => true]);
        self::assertSame(3, ImportedIdentities::count());

        \WP_CLI::$said = [];
        $command([], ['undo' => true]);
        self::assertStringContainsString('Connections removed: 3.', implode("\n", \WP_CLI::$said));
        self::assertSame([0, array_replace(self::SETTINGS, ['app_secret' => ''])], [ImportedIdentities::count(), Settings::current()->stored]);
    }

    /**
     * Fault C18: `--dry-run --undo` undid the import for real.
     */
    public function test_fault_c18_options_that_contradict_each_other_are_an_error(): void
    {
        $this->five();
        ImportCommand::run([], []);
        foreach (['dry-run', 'privileged'] as $option) {
            try {
                ImportCommand::run([], ['undo' => true, $option => true]);
                self::fail('an error was expected');
            } catch (\LogicException $error) {
                self::assertStringContainsString('--undo cannot be combined with --' . $option, $error->getMessage());
            }
        }

        self::assertSame(2, ImportedIdentities::count());
    }

    public function test_undoing_nothing_claims_nothing(): void
    {
        $this->expectException(\LogicException::class);
        $this->expectExceptionMessage('There is nothing to undo');

        ImportCommand::run([], ['undo' => true]);
    }

    public function test_the_command_says_what_is_wrong(): void
    {
        update_option(LogtoPlugin::OPTION, ['roleMapping' => [['Editors']]] + LogtoPluginSite::OPTIONS);
        ImportCommand::run([], ['dry-run' => true]);
        self::assertStringContainsString('warning: Role mapping: ', implode("\n", \WP_CLI::$said));
        $user_id = $this->logto_plugin->users(1)[0];
        $this->logto_plugin->link($user_id, "\x1b[2Jclear");
        $this->logto_plugin->write();
        ImportCommand::run([], ['dry-run' => true]);
        self::assertContains("log: #{$user_id}\t?[2Jclear\tNot readable", \WP_CLI::$said);

        delete_option(LogtoPlugin::OPTION);
        $this->expectExceptionMessage('nothing to import');
        ImportCommand::run([], []);
    }
}
