<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Tests\Program;

/**
 * What is stored of a submitted form, and what is said of the rest.
 */
final class SanitizerTest extends SubmittedFormTestCase
{
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
}
