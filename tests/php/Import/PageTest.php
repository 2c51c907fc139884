<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Admin\Menu;
use LogtoSignIn\Admin\Notices;
use LogtoSignIn\Import\Action;
use LogtoSignIn\Commands\ImportCommand;
use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Page as ImportPage;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\SignIn\LoginButtons;
use LogtoSignIn\SignIn\LoginPage;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Tests\TestCase;

require_once __DIR__ . '/LogtoPluginSite.php';

/**
 * Logto › Import, `wp logto import`, and Logto's own plugin beside this one.
 */
final class PageTest extends TestCase
{
    private LogtoPluginSite $logto_plugin;

    private mixed $active = null;

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(self::SETTINGS);
        $this->logto_plugin = new LogtoPluginSite();
        $this->active = get_option('active_plugins');
        \WP_CLI::$said = [];
    }

    protected function tearDown(): void
    {
        update_option('active_plugins', $this->active);
        unset($GLOBALS['current_screen'], $GLOBALS['submenu'][\LogtoSignIn\Admin\SettingsPage::SLUG]);
        $this->logto_plugin->clean();
        parent::tearDown();
    }

    /**
     * Two users to be linked, two with one subject, and an administrator.
     */
    private function five(): void
    {
        $users = $this->logto_plugin->users(5);
        foreach (['first', 'second', '<script>alert(1)</script>', '<script>alert(1)</script>', 'boss'] as $number => $subject) {
            $this->logto_plugin->link($users[$number], $subject);
        }

        $this->logto_plugin->write();
        (new \WP_User($users[4]))->set_role('administrator');
    }

    private static function page(): string
    {
        ob_start();
        ImportPage::render();

        return (string) ob_get_clean();
    }

    private static function notice(): string
    {
        set_current_screen('plugins');
        ob_start();
        Notices::show();

        return (string) ob_get_clean();
    }

    public function test_the_page_leads_from_a_dry_run_to_the_import_and_back(): void
    {
        $this->five();
        wp_set_current_user($this->admin('an-admin')->ID);
        $html = self::page();
        self::assertStringContainsString('value="dry_run"', $html);
        self::assertStringNotContainsString('value="import"', $html);
        self::assertStringNotContainsString('value="undo"', $html);

        Action::handle(Run::IMPORT, false);
        self::assertSame([], Run::run(), 'no import without a dry run');
        Action::handle(Run::DRY_RUN, false);
        $html = self::page();
        foreach (['value="import"', 'name="logto_privileged"', 'name="_wpnonce"', 'Dry run: nothing was changed', 'To be connected', esc_html('<script>alert(1)</script>')] as $part) {
            self::assertStringContainsString($part, $html);
        }

        self::assertStringNotContainsString('<script>', $html);
        self::assertStringNotContainsString('secret of the other plugin', $html);

        Action::handle(Run::IMPORT, false);
        $html = self::page();
        foreach (['Imported', 'Connected', 'value="undo"', esc_html(\LogtoSignIn\Settings\Site::redirect_uri()), esc_html(\LogtoSignIn\Settings\Site::start_uri())] as $part) {
            self::assertStringContainsString($part, $html);
        }

        self::assertSame(2, ImportedIdentities::count());
        Action::handle(Run::UNDO, false);
        self::assertStringContainsString('Connections removed: 2.', self::page());
        self::assertStringContainsString('enter it again', self::page());
        self::assertSame([0, array_replace(self::SETTINGS, ['app_secret' => ''])], [ImportedIdentities::count(), Settings::current()->stored]);
    }

    public function test_administrators_are_linked_when_the_box_is_ticked(): void
    {
        $this->five();
        Action::handle(Run::DRY_RUN, false);
        Action::handle(Run::IMPORT, true);
        self::assertSame(3, ImportedIdentities::count());
    }

    public function test_a_run_that_is_under_way_goes_on(): void
    {
        $this->five();
        wp_set_current_user($this->admin('an-admin')->ID);
        Run::begin(Run::DRY_RUN);
        $html = self::page();
        foreach (['<progress id="logto-progress" max="5" value="0">', 'data-logto-continue', 'value="continue"', '0 of 5'] as $part) {
            self::assertStringContainsString($part, $html);
        }

        Action::handle(Run::UNDO, false);
        self::assertSame(Run::DRY_RUN, Run::run()['kind']);
        self::assertTrue(Run::run()['finished']);
    }

    public function test_a_run_that_cannot_go_on_says_why_and_can_be_left(): void
    {
        $this->five();
        wp_set_current_user($this->admin('an-admin')->ID);
        Run::begin(Run::DRY_RUN);
        GuardedOption::update(Run::OPTION, ['error' => 'transport_failed'] + Run::run());
        $html = self::page();
        self::assertStringContainsString('[transport_failed]', $html);
        self::assertStringContainsString('value="continue"', $html);
        self::assertStringNotContainsString('data-logto-continue', $html, 'no endless loop in the browser');
        Action::handle('continue', false);
        self::assertTrue(Run::run()['finished']);
        self::assertArrayNotHasKey('error', Run::run());
    }

    public function test_it_takes_an_admin_who_may_edit_users_and_a_nonce(): void
    {
        // CVE-2022-3119; an import gives accounts to people.
        $this->five();
        $died = 0;
        $handler = static function () use (&$died): never {
            ++$died;

            throw new \RuntimeException('died');
        };
        add_filter('wp_die_handler', static fn() => $handler);
        $keeper = $this->user('keeper', 'subscriber');
        $keeper->add_cap('manage_options');
        $users = [0, $this->user('reader')->ID, $keeper->ID, $this->admin('an-admin')->ID];
        foreach ($users as $number => $user_id) {
            wp_set_current_user($user_id);
            $_POST = ['logto_import' => Run::DRY_RUN];
            $_REQUEST = $_POST + ($number < 3 ? ['_wpnonce' => wp_create_nonce(Action::ACTION)] : ['_wpnonce' => 'wrong']);
            try {
                Action::run();
            } catch (\RuntimeException) {
            }

            self::assertSame($number + 1, $died);
            self::assertStringNotContainsString('<button', $number < 3 ? self::page() : '');
        }

        self::assertSame([], Run::run());
    }

    public function test_the_page_is_there_only_with_something_to_import_or_undo(): void
    {
        wp_set_current_user($this->admin('an-admin')->ID);
        $pages = static function (): array {
            unset($GLOBALS['submenu'][\LogtoSignIn\Admin\SettingsPage::SLUG]);
            Menu::add();

            return array_column($GLOBALS['submenu'][\LogtoSignIn\Admin\SettingsPage::SLUG], 2);
        };
        self::assertContains(ImportPage::SLUG, $pages());
        delete_option(LogtoPlugin::OPTION);
        self::assertNotContains(ImportPage::SLUG, $pages());
        GuardedOption::update(Run::OPTION, ['kind' => Run::IMPORT, 'finished' => true]);
        self::assertContains(ImportPage::SLUG, $pages());
    }

    public function test_with_both_plugins_one_acts_and_the_admin_is_told_which(): void
    {
        wp_set_current_user($this->admin('an-admin')->ID);
        $_GET = ['form' => '1'];
        $ours = static function (): bool {
            remove_filter('login_message', [LoginButtons::class, 'show']);
            LoginPage::open();

            return has_filter('login_message', [LoginButtons::class, 'show']) !== false;
        };
        self::assertTrue($ours());
        self::assertSame('', self::notice());

        update_option('active_plugins', [...(array) $this->active, 'logto/logto.php']);
        self::assertSame('logto/logto.php', LogtoPlugin::active());
        self::assertFalse($ours());
        $html = self::notice();
        self::assertStringContainsString('still handles login and logout', $html);
        self::assertStringContainsString(esc_url(ImportPage::url()), $html);
        self::assertStringContainsString(esc_url(LogtoPlugin::deactivate_url('logto/logto.php')), $html);
        self::assertStringContainsString('action=deactivate', LogtoPlugin::deactivate_url('logto/logto.php'));
        self::assertStringContainsString('_wpnonce=', LogtoPlugin::deactivate_url('logto/logto.php'));

        // It is active, but has no tenant: nobody would be led anywhere.
        update_option(LogtoPlugin::OPTION, ['appSecret' => ''] + LogtoPluginSite::OPTIONS);
        self::assertTrue($ours());
        self::assertStringContainsString('not set up', self::notice());
        wp_set_current_user($this->user('reader')->ID);
        self::assertSame('', LogtoPlugin::deactivate_url('logto/logto.php'));
        self::assertSame('', self::notice());
    }

    public function test_this_plugin_is_not_taken_for_the_other_one(): void
    {
        $active = is_multisite() ? array_keys((array) get_site_option('active_sitewide_plugins')) : (array) $this->active;
        self::assertContains('logto-sign-in/logto-sign-in.php', $active);
        self::assertNull(LogtoPlugin::active());
    }

    public function test_a_new_site_is_told_of_the_import(): void
    {
        wp_set_current_user($this->admin('an-admin')->ID);
        $this->store(false);
        self::assertStringContainsString(esc_url(ImportPage::url()), self::notice());
        delete_option(LogtoPlugin::OPTION);
        self::assertStringNotContainsString(esc_url(ImportPage::url()), self::notice());
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
