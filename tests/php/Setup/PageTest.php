<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Setup;

use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Lifecycle;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Setup\Action;
use LogtoSignIn\Setup\Page;
use LogtoSignIn\Setup\Welcome;
use LogtoSignIn\Tests\TestCase;

/**
 * Logto › Set up.
 */
final class PageTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->store(false);
        delete_site_option('logto_sign_in_network');
        update_site_option(Proof::OPTION, []);
        self::log_in($this->admin());
        $_SERVER['REQUEST_METHOD'] = 'POST';
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
    }

    protected function tearDown(): void
    {
        delete_option(LogtoPlugin::OPTION);
        delete_transient('settings_errors');
        delete_site_option('logto_sign_in_network');
        parent::tearDown();
    }

    public function test_a_new_site_shows_two_cards(): void
    {
        $page = self::printed(Page::render(...));

        self::assertStringContainsString('I have a Logto tenant', $page);
        self::assertStringContainsString('DingTalk only', $page);
        self::assertStringNotContainsString('official Logto plugin', $page);

        update_option(LogtoPlugin::OPTION, ['endpoint' => 'https://theirs.example']);
        self::assertStringContainsString('Import from the official Logto plugin', self::printed(Page::render(...)));
    }

    public function test_each_card_names_the_pages_of_its_console_and_the_addresses(): void
    {
        $page = self::printed(Page::render(...));

        foreach (['https://open-dev.dingtalk.com/fe/app#/corp/app', '开发配置 › 安全设置 › 重定向 URL', '应用发布 › 版本管理与发布', 'Contact.User.mobile', esc_attr(Site::dingtalk_redirect_uri())] as $part) {
            self::assertStringContainsString($part, $page);
        }

        foreach (['https://cloud.logto.io/to/applications', 'Require users to provide missing sign-up identifier', 'Copy both', esc_attr(Site::redirect_uri()), esc_attr(Site::post_logout_redirect_uri())] as $part) {
            self::assertStringContainsString($part, $page);
        }
    }

    public function test_credentials_are_saved_and_the_login_page_stays_as_it_was(): void
    {
        self::assertStringContainsString('told=setup_saved', self::credentials());

        $settings = Settings::current();
        self::assertSame(['http://127.0.0.1:9', 'app'], [$settings->text('endpoint'), $settings->text('app_id')]);
        self::assertSame(is_multisite() ? LoginType::Redirect : LoginType::Buttons, LoginType::current());
        $page = self::printed(Page::render(...));
        self::assertStringContainsString('formtarget="_blank"', $page, 'the test opens a window without scripts, too');
        self::assertStringNotContainsString('a very secret secret', $page);
        self::assertStringNotContainsString('logto-turn-on', $page, 'not before a sign-in has succeeded');
    }

    public function test_a_mistake_stays_in_its_field(): void
    {
        $to = self::send(['step' => 'save', 'provider' => 'logto', 'endpoint' => 'http://tenant.example', 'app_id' => 'app', 'app_secret' => 'secret']);

        self::assertStringNotContainsString('setup_saved', $to);
        $page = self::printed(Page::render(...));
        self::assertMatchesRegularExpression('~value="http://tenant\.example"[^>]* aria-invalid="true"~', $page);
        self::assertStringContainsString('must begin with https://', $page);
    }

    public function test_saving_again_keeps_other_settings_and_the_secret(): void
    {
        self::credentials();
        self::credentials(['app_secret' => '']);

        self::assertSame('a very secret secret', Settings::current()->text('app_secret'));
        self::send(['step' => 'save', 'provider' => 'dingtalk', 'dingtalk_client_id' => 'ding', 'dingtalk_client_secret' => 'another secret']);
        self::assertTrue(Settings::current()->has_logto() && Settings::current()->has_dingtalk());
    }

    public function test_visitors_come_last(): void
    {
        self::credentials();
        self::send(['step' => 'turn_on', 'login_type' => 'redirect']);
        self::assertFalse(Proof::is_live());
        is_multisite() || self::assertSame(LoginType::Buttons, LoginType::current(), 'nobody has signed in');

        Proof::note(\LogtoSignIn\Providers\Provider::Logto, get_current_user_id());
        self::assertStringContainsString('logto-turn-on', self::printed(Page::render(...)));
        self::assertStringContainsString('told=setup_turned_on', self::send(['step' => 'turn_on', 'login_type' => 'pages']));
        self::assertSame(LoginType::Pages, LoginType::current());
        self::send(['step' => 'turn_on', 'login_type' => 'invented']);
        self::assertSame(LoginType::Pages, LoginType::current());
    }

    public function test_only_who_has_signed_in_closes_the_form(): void
    {
        if (is_multisite()) {
            self::assertStringNotContainsString('name="form_login"', self::printed(Page::render(...)), 'passwords are the network’s');

            return;
        }

        self::credentials();
        Proof::note(\LogtoSignIn\Providers\Provider::Logto, $this->admin('another')->ID);
        self::send(['step' => 'turn_on', 'login_type' => 'redirect', 'form_login' => '0']);
        self::assertTrue(Settings::current()->flag('form_login'));
        self::assertStringNotContainsString('name="form_login"', self::printed(Page::render(...)));

        Proof::note(\LogtoSignIn\Providers\Provider::Logto, get_current_user_id(), true);
        $page = self::printed(Page::render(...));
        self::assertStringContainsString('LOGTO_SIGN_IN_FORM_LOGIN', $page);
        self::assertStringContainsString('wp logto login-form on', $page);
        self::send(['step' => 'turn_on', 'login_type' => 'redirect', 'form_login' => '0']);
        self::assertFalse(Settings::current()->flag('form_login'));
    }

    public function test_nobody_else_sees_or_changes_anything(): void
    {
        self::log_in($this->user('an-editor', 'editor'));

        self::assertSame('', self::printed(Page::render(...)));
        self::assertSame('died', self::credentials());
        self::assertFalse(Settings::current()->has_logto());
    }

    public function test_activation_leads_to_the_cards_once(): void
    {
        remove_all_filters('wp_redirect');
        $GLOBALS['current_screen'] = new class {
            public function in_admin(string $where = ''): bool
            {
                return $where !== 'network';
            }
        };
        Lifecycle::activate();
        $to = static fn(string $url): mixed => apply_filters('wp_redirect', $url);
        self::assertSame(Page::url(), $to('http://127.0.0.1/wp-admin/plugins.php?activate=true&plugin_status=all'));
        self::assertSame('plugins.php?activate-multi=true', $to('plugins.php?activate-multi=true'), 'several at once');
        self::assertSame('plugins.php?error=true', $to('plugins.php?error=true'));

        remove_filter('wp_redirect', [Welcome::class, 'redirect']);
        $this->store(self::SETTINGS);
        Lifecycle::activate();
        unset($GLOBALS['current_screen']);
        self::assertSame('plugins.php?activate=true', $to('plugins.php?activate=true'), 'it is set up');
    }

    /**
     * @param array<string, string> $fields Those that differ.
     */
    private static function credentials(array $fields = []): string
    {
        return self::send($fields + ['step' => 'save', 'provider' => 'logto'] + self::SETTINGS);
    }

    /**
     * @param array<string, string> $form
     */
    private static function send(array $form): string
    {
        $GLOBALS['wp_settings_errors'] = [];

        return self::submitted(Action::run(...), Action::ACTION, $form);
    }
}
