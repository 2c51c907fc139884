<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class SanitizerTest extends TestCase
{
    private const SUBMITTED = [
        'endpoint' => ' https://Tenant.example/oidc/ ',
        'app_id' => 'app',
        'app_secret' => 'a very secret secret',
        'scope' => 'profile',
        'extra_params' => "b=2\r\na=1",
        'username_strategy' => 'email',
        'require_verified_email' => '1',
        'remember_session' => '0',
        'sync_email' => 'first',
        'role_map' => [3 => ['logto' => 'staff', 'wordpress' => 'editor'], 5 => ['logto' => '', 'wordpress' => 'subscriber']],
        'form_login' => '0',
        'connectors' => " social:dingtalk \r\nsso:abc123=Company <b> & 公司",
        'dingtalk_client_id' => ' client id ',
        'dingtalk_client_secret' => 'a very secret DingTalk secret',
        'dingtalk_scope' => 'openid corpid',
        'dingtalk_corp_ids' => "ding1\r\nding2",
        'dingtalk_app_corp_id' => ' ding2 ',
    ];

    /**
     * Whoever had never signed in at the provider turned password login off, and nobody could sign in any more.
     */
    public function test_a_form_turns_password_login_off_for_those_who_have_signed_in_another_way(): void
    {
        $this->store(self::SETTINGS);
        self::log_in($this->admin());
        $_POST = [Settings::OPTION => ['form_login' => '0'] + self::SETTINGS];

        self::save($_POST[Settings::OPTION]);
        self::assertTrue(Settings::current()->flag('form_login'));
        self::assertSame(['logto_form_login'], array_column(get_settings_errors(Sanitizer::GROUP), 'code'));

        Proof::note(Provider::Logto, get_current_user_id(), true);
        self::save($_POST[Settings::OPTION]);
        self::assertFalse(Settings::current()->flag('form_login'));
    }

    public function test_the_first_save_stores_what_was_submitted(): void
    {
        // WordPress sanitises twice on the first save, and the second pass stored nothing.
        $this->store(false);
        $passes = 0;
        add_filter('sanitize_option_logto_sign_in', static function (mixed $value) use (&$passes): mixed {
            ++$passes;

            return $value;
        }, 99);
        self::save(self::SUBMITTED);
        $stored = StoredOptions::own();

        self::assertSame(2, $passes);
        self::assertSame('https://tenant.example', $stored['endpoint']);
        self::assertSame('a very secret secret', $stored['app_secret']);
        self::assertSame("b=2\na=1", $stored['extra_params']);
        self::assertSame("social:dingtalk\nsso:abc123 = Company <b> & 公司", $stored['connectors']);
        self::assertSame(['client id', 'a very secret DingTalk secret'], [$stored['dingtalk_client_id'], $stored['dingtalk_client_secret']]);
        self::assertSame(['openid corpid', "ding1\nding2"], [$stored['dingtalk_scope'], $stored['dingtalk_corp_ids']]);
        self::assertSame([true, false, false], [$stored['require_verified_email'], $stored['remember_session'], $stored['form_login']]);
        self::assertSame(['first', 'staff = editor'], [$stored['sync_email'], $stored['role_map']]);
        self::assertSame('ding2', $stored['dingtalk_app_corp_id']);
        self::assertSame([], get_settings_errors());
        self::assertEquals($stored, Sanitizer::clean($stored, new Settings(StoredOptions::own()), Manager::Network));
    }

    public function test_an_empty_secret_keeps_the_saved_one(): void
    {
        $this->store(self::SETTINGS);

        self::save(['app_secret' => '', 'scope' => 'email'] + self::SETTINGS);

        self::assertSame(['a very secret secret', 'openid email'], [StoredOptions::own()['app_secret'], StoredOptions::own()['scope']]);
    }

    /**
     * Fault S8: a changed endpoint with an empty secret field kept the secret, so the next host received it.
     *
     * @dataProvider other_owners
     *
     * @param array<string, string> $submitted
     */
    public function test_fault_s8_a_secret_does_not_follow_another_endpoint_or_client(array $submitted, string $secret): void
    {
        $this->store(['dingtalk_client_id' => 'client', 'dingtalk_client_secret' => 'a very secret DingTalk secret'] + self::SETTINGS);

        self::save($submitted + [$secret => ''] + StoredOptions::own());

        self::assertSame('', StoredOptions::own()[$secret]);
        $errors = array_column(get_settings_errors(), 'message', 'code');
        self::assertSame(['logto_' . $secret], array_keys($errors));
        self::assertStringContainsString('secret was removed', $errors['logto_' . $secret]);

        // Once more with what was stored: what is missing is told as on any other day.
        $stored = StoredOptions::own();
        self::assertEquals($stored, Sanitizer::clean($stored, new Settings($stored), Manager::Network));
        self::assertCount(1, get_settings_errors());
    }

    /**
     * @return array<string, array{array<string, string>, string}>
     */
    public static function other_owners(): array
    {
        return [
            'endpoint' => [['endpoint' => 'https://evil.example'], 'app_secret'],
            'App ID' => [['app_id' => 'other'], 'app_secret'],
            'Client ID' => [['dingtalk_client_id' => 'other'], 'dingtalk_client_secret'],
        ];
    }

    public function test_a_problem_keeps_the_old_value_and_is_told_once(): void
    {
        $this->store(false);
        self::save(['endpoint' => 'http://tenant.example', 'extra_params' => 'state=x'] + self::SUBMITTED);
        $errors = array_column(get_settings_errors(), 'message', 'code');
        self::assertSame(['logto_endpoint', 'logto_extra_params'], array_keys($errors));
        self::assertStringContainsString('https://', $errors['logto_endpoint']);
        self::assertSame(['', 'app'], [StoredOptions::own()['endpoint'], StoredOptions::own()['app_id']]);
    }

    public function test_dingtalk_alone_is_enough(): void
    {
        $this->store(false);
        self::save(['endpoint' => '', 'app_id' => '', 'app_secret' => ''] + self::SUBMITTED);
        self::assertSame([], get_settings_errors());
        self::assertTrue(Settings::current()->is_configured());
        self::assertFalse(Settings::current()->has_logto());
        self::assertSame('dingtalk', Provider::preferred(Settings::current())->value);

        self::save(['dingtalk_client_secret' => '', 'endpoint' => '', 'app_id' => '', 'app_secret' => ''] + self::SUBMITTED);
        self::assertSame('a very secret DingTalk secret', Settings::current()->text('dingtalk_client_secret'));
    }

    public function test_rows_of_the_mapping_become_lines_and_stay_so(): void
    {
        // Saved once, and the same when sanitised again.
        $this->store(false);
        $rows = [
            0 => ['logto' => ' site staff ', 'wordpress' => 'editor'],
            2 => ['logto' => 'org:o1:member', 'wordpress' => 'author'],
            5 => ['logto' => '', 'wordpress' => 'administrator'],
        ];
        self::save(['role_map' => $rows, 'role_map_mode' => 'all', 'default_role' => 'contributor'] + self::SUBMITTED);
        $stored = StoredOptions::own();
        self::assertSame([], get_settings_errors());
        self::assertSame("site staff = editor\norg:o1:member = author", $stored['role_map']);
        self::assertSame(['all', 'contributor'], [$stored['role_map_mode'], $stored['default_role']]);
        self::assertEquals($stored, Sanitizer::clean($stored, new Settings(StoredOptions::own()), Manager::Network));
    }

    public function test_a_row_that_names_no_role_changes_nothing(): void
    {
        // A mistyped role.
        $this->store(['role_map' => 'staff = editor'] + self::SETTINGS);
        foreach ([['logto' => 'boss', 'wordpress' => 'king'], ['logto' => 'boss', 'wordpress' => ''], ['logto' => 'org:o1', 'wordpress' => 'editor']] as $row) {
            $GLOBALS['wp_settings_errors'] = [];
            self::save(['role_map' => [$row]] + self::SUBMITTED);
            self::assertSame(['logto_role_map'], array_column(get_settings_errors(), 'code'), implode('=', $row));
            self::assertSame('staff = editor', StoredOptions::own()['role_map']);
        }
    }

    public function test_a_row_whose_plugin_is_off_is_kept(): void
    {
        $this->store(['role_map' => 'seller = shop_manager'] + self::SETTINGS);
        self::save(['role_map' => [['logto' => 'seller', 'wordpress' => 'shop_manager']]] + self::SUBMITTED);
        self::assertSame([[], 'seller = shop_manager'], [get_settings_errors(), StoredOptions::own()['role_map']]);
    }

    public function test_anything_at_all_can_be_submitted(): void
    {
        $this->store(self::SETTINGS);
        foreach ([null, 'text', 7, [], ['endpoint' => ['x' => ['y']], 'app_secret' => 1.5]] as $submitted) {
            self::assertSame('http://127.0.0.1:9', Sanitizer::clean($submitted, new Settings(StoredOptions::own()), Manager::Network)['endpoint'] ?? null);
            self::assertSame(is_multisite() ? null : 'http://127.0.0.1:9', Sanitizer::sanitize($submitted)['endpoint'] ?? null);
        }
    }

    public function test_without_the_core_the_old_value_stays(): void
    {
        $result = Program::run('sanitize.php', [], ['constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'none'], 'stored' => self::SETTINGS, 'submitted' => self::SUBMITTED]);
        self::assertSame(self::SETTINGS, $result['settings']);
        self::assertCount(1, $result['errors']);
        self::assertStringContainsString('not changed', $result['errors'][0]['message']);
    }

    /**
     * Fault C18: `wp option update` said “Success … unchanged”, and the reason was nowhere.
     */
    public function test_fault_c18_the_command_line_hears_what_is_wrong(): void
    {
        $input = ['constants' => ['WP_CLI' => true], 'stored' => self::SETTINGS];

        $refused = Program::run('option.php', [], $input + ['submitted' => ['endpoint' => 'not an address'] + self::SUBMITTED]);
        $accepted = Program::run('option.php', [], $input + ['submitted' => is_multisite() ? [] : self::SETTINGS]);

        self::assertStringStartsWith('error: ', $refused['said'][0] ?? '');
        self::assertStringContainsString('The settings were not changed.', $refused['said'][0]);
        self::assertTrue($refused['ended'], 'with exit code 1');
        self::assertSame([[], false], [$accepted['said'], $accepted['ended']]);
    }

    public function test_the_page_never_prints_the_secret(): void
    {
        // CVE-2022-3119
        $this->store(['dingtalk_client_id' => 'client id', 'dingtalk_client_secret' => 'a very secret DingTalk secret'] + self::SETTINGS);
        wp_set_current_user($this->admin()->ID);
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $html = self::tabs(SettingsPage::render(...));

        self::assertStringNotContainsString('a very secret', $html);
        self::assertStringContainsString('value="http://127.0.0.1:9"', $html);
        self::assertStringContainsString(esc_attr(\LogtoSignIn\Settings\Site::redirect_uri()), $html);
        self::assertStringContainsString(esc_attr(\LogtoSignIn\Settings\Site::dingtalk_redirect_uri()), $html);
        self::assertStringContainsString('Development Configuration › Security Settings', $html);
        self::assertStringContainsString('name="_wpnonce"', $html);
        foreach (array_keys(self::SUBMITTED) as $field) {
            self::assertStringContainsString("name=\"logto_sign_in[{$field}]" . ($field === 'role_map' ? '[0][logto]"' : '"'), $html);
        }

        foreach (Tab::cases() as $tab) {
            self::assertEveryControlIsLabelled(self::tabs(SettingsPage::render(...), [$tab]));
        }

        wp_set_current_user($this->user('reader')->ID);
        ob_start();
        SettingsPage::render();
        self::assertSame('', ob_get_clean());
    }

    public function test_the_help_page_explains_every_code(): void
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);
        $html = '';
        foreach (['', 'trouble', 'codes'] as $_GET['tab']) {
            $html .= self::printed(\LogtoSignIn\Admin\Help::render(...));
        }

        unset($_GET['tab']);
        foreach (\LogtoSignIn\Messages\Catalog::refusals() as $message) {
            self::assertStringContainsString("<tr id=\"code-{$message->code}\"><th scope=\"row\"><code>{$message->code}</code>", $html);
            self::assertStringContainsString(esc_html($message->message) . '</td><td>' . esc_html($message->advice), $html);
        }

        self::assertStringContainsString('LOGTO_SIGN_IN_FORM_LOGIN', $html);
        self::assertStringContainsString('Contact.User.Read', $html);
    }

    /**
     * Fault C27: Logto asked every new DingTalk visitor for a username, and nothing named the switch.
     */
    public function test_fault_c27_the_help_names_the_switch_for_usernames(): void
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);

        self::assertStringContainsString('Require users to provide missing sign-up identifier', self::printed(\LogtoSignIn\Admin\Help::render(...)));
    }

    private static function assertEveryControlIsLabelled(string $html): void
    {
        $document = new \DOMDocument();
        @$document->loadHTML('<?xml encoding="utf-8"?>' . $html);
        $path = new \DOMXPath($document);
        foreach ($path->query('//input[not(@type="hidden") and not(@type="submit")] | //select | //textarea') as $control) {
            $id = $control->getAttribute('id');
            $named = $control->getAttribute('aria-label') !== '';
            self::assertSame($named ? 0 : 1, $path->query("//label[@for='{$id}']")->length, $id);
            $described = $control->getAttribute('aria-describedby');
            if ($described !== '') {
                self::assertSame(1, $path->query("//*[@id='{$described}']")->length, $described);
            }
        }
    }
}
