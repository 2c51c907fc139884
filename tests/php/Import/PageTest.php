<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Admin\Menu;
use LogtoSignIn\Import\Action;
use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Page as ImportPage;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\GuardedOption;

/**
 * Logto › Import: the page and its form.
 */
final class PageTest extends LogtoPluginTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
    }

    protected function tearDown(): void
    {
        unset($GLOBALS['submenu'][\LogtoSignIn\Admin\SettingsPage::SLUG]);
        parent::tearDown();
    }

    private static function page(): string
    {
        ob_start();
        ImportPage::render();

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
}
