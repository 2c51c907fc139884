<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\Disconnect;
use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\SettingsTransfer;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Core\SettingsPlace;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Tests\TestCase;

/**
 * Disconnecting from a provider, and moving settings by a file.
 */
final class DisconnectTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $_SERVER['REQUEST_METHOD'] = 'POST';
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        $this->store(['dingtalk_client_id' => 'ding', 'dingtalk_client_secret' => 'a DingTalk secret', 'form_login' => false, 'role_map' => 'staff = editor'] + self::SETTINGS);
        wp_set_current_user($this->admin()->ID);
    }

    public function test_a_page_says_first_what_happens_and_what_is_kept(): void
    {
        self::assertStringContainsString('disconnect=logto', self::tabs(SettingsPage::render(...), [Tab::Connection]));
        $_GET['disconnect'] = 'logto';

        $html = self::tabs(SettingsPage::render(...), [Tab::Connection]);

        self::assertStringContainsString('The endpoint, App ID, and App secret are removed', $html);
        self::assertStringContainsString('users sign in with the other provider', $html);
        self::assertStringContainsString('all other settings are kept', $html);
        self::assertStringNotContainsString('id="logto-endpoint"', $html);
        self::assertSame('app', Settings::current()->text('app_id'), 'nothing has happened yet');
    }

    public function test_the_credentials_go_and_everything_else_stays(): void
    {
        self::assertStringContainsString('tab=connection', self::submitted([Disconnect::class, 'run'], Disconnect::ACTION, ['disconnect' => 'logto']));
        self::assertFalse(Settings::current()->has_logto());
        self::assertTrue(Settings::current()->has_dingtalk());
        self::assertSame(['', '', '', 'staff = editor'], array_map(Settings::current()->text(...), ['endpoint', 'app_id', 'app_secret', 'role_map']));

        self::submitted([Disconnect::class, 'run'], Disconnect::ACTION, ['disconnect' => 'dingtalk']);
        self::assertFalse(Settings::current()->is_configured());
        self::assertTrue(PasswordLogin::is_available(), 'nobody is locked out');
        self::assertSame(['success'], array_unique(array_column(get_settings_errors(), 'type')));
    }

    public function test_an_exported_file_can_be_imported(): void
    {
        $file = SettingsFile::write(SettingsPlace::of_site(Manager::Network)->stored());
        $this->store(self::SETTINGS);
        Proof::note(Provider::Logto, get_current_user_id(), true);

        self::submitted([SettingsTransfer::class, 'import'], SettingsTransfer::IMPORT, ['logto_file' => $file]);

        self::assertSame(['staff = editor', 'a very secret secret', 'ding', ''], array_map(static fn(string $name): string => (string) StoredOptions::own()[$name], ['role_map', 'app_secret', 'dingtalk_client_id', 'dingtalk_client_secret']));
        self::assertFalse(Settings::current()->flag('form_login'));
    }

    /**
     * A settings file turned password login off for an admin who had signed in no other way: the settings page would have
     * refused it.
     */
    public function test_fault_s13_a_file_does_not_close_the_only_way_in(): void
    {
        $this->store(self::SETTINGS);

        self::submitted([SettingsTransfer::class, 'import'], SettingsTransfer::IMPORT, ['logto_file' => '{"plugin": "logto-sign-in", "settings": {"form_login": "0", "landing_page": "/account/"}}']);

        self::assertTrue(Settings::current()->flag('form_login'));
        self::assertSame('/account/', Settings::current()->text('landing_page'), 'the rest is imported');
        self::assertStringContainsString('Password login stays on', implode(array_column(get_settings_errors(), 'message')));
    }

    public function test_each_bad_value_of_a_file_is_named_and_the_others_are_imported(): void
    {
        $file = '{"plugin": "logto-sign-in", "settings": {"default_role": "king", "role_map": "boss = editor", "colour": "red"}}';

        self::submitted([SettingsTransfer::class, 'import'], SettingsTransfer::IMPORT, ['logto_file' => $file]);

        $told = array_column(get_settings_errors(), 'message', 'code');
        self::assertSame(['logto_default_role', 'logto_colour'], array_keys($told));
        self::assertStringContainsString('does not exist', $told['logto_default_role']);
        self::assertSame('boss = editor', Settings::current()->text('role_map'));
    }

    public function test_another_file_changes_nothing(): void
    {
        $before = StoredOptions::own();

        self::submitted([SettingsTransfer::class, 'import'], SettingsTransfer::IMPORT, ['logto_file' => '{"plugin": "another"}']);

        self::assertSame($before, StoredOptions::own());
        self::assertSame(['logto_all'], array_column(get_settings_errors(), 'code'));
    }
}
