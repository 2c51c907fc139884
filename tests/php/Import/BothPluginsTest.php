<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Admin\Notices;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Page as ImportPage;
use LogtoSignIn\SignIn\LoginButtons;
use LogtoSignIn\SignIn\LoginPage;

/**
 * Logto's own plugin beside this one, and what admins are told of it.
 */
final class BothPluginsTest extends LogtoPluginTestCase
{
    private mixed $active = null;

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->active = get_option('active_plugins');
    }

    protected function tearDown(): void
    {
        update_option('active_plugins', $this->active);
        unset($GLOBALS['current_screen']);
        parent::tearDown();
    }

    private static function notice(): string
    {
        set_current_screen('plugins');
        ob_start();
        Notices::show();

        return (string) ob_get_clean();
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
}
