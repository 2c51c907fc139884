<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\NetworkPage;
use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Tests\TestCase;

/**
 * @group network
 */
final class NetworkPageTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(false);
        update_site_option(Settings::NETWORK_OPTION, self::SETTINGS);
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
    }

    protected function tearDown(): void
    {
        delete_site_option(Settings::NETWORK_OPTION);
        parent::tearDown();
    }

    public function test_the_networks_settings_hold_until_a_site_has_its_own(): void
    {
        self::assertSame('http://127.0.0.1:9', Settings::current()->text('endpoint'));
        $this->store(['endpoint' => 'https://own.example', 'app_id' => 'own', 'app_secret' => 'a secret of its own']);
        self::assertSame('https://own.example', Settings::current()->text('endpoint'));
        $this->store([]);
        self::assertFalse(Settings::current()->is_configured(), 'settings that are empty are settings, too');
    }

    public function test_the_networks_secret_never_becomes_a_sites(): void
    {
        update_option(Settings::OPTION, ['endpoint' => 'https://elsewhere.example', 'app_id' => 'app', 'app_secret' => '']);
        self::assertSame(['https://elsewhere.example', ''], [Settings::current()->text('endpoint'), Settings::current()->text('app_secret')]);
    }

    public function test_a_site_leaves_the_networks_settings_and_comes_back(): void
    {
        wp_set_current_user($this->admin()->ID);
        $html = self::printed([SettingsPage::class, 'render']);
        self::assertStringContainsString('name="own"', $html);
        self::assertStringNotContainsString('name="logto_sign_in[', $html);
        self::assertStringNotContainsString('a very secret', $html);

        self::assertStringContainsString('page=' . SettingsPage::SLUG, self::submitted([NetworkPage::class, 'switch'], 'logto_sign_in_network', ['own' => '1']));
        self::assertSame([], get_option(Settings::OPTION));
        self::assertStringContainsString('name="logto_sign_in[endpoint]"', self::printed([SettingsPage::class, 'render']));

        self::submitted([NetworkPage::class, 'switch'], 'logto_sign_in_network', ['inherit' => '1']);
        self::assertFalse(get_option(Settings::OPTION));
        self::assertSame('http://127.0.0.1:9', Settings::current()->text('endpoint'));
    }

    public function test_only_a_network_admin_saves_them_and_the_core_cleans_them(): void
    {
        $form = [Settings::OPTION => ['endpoint' => ' https://New.example/oidc ', 'app_id' => 'new', 'app_secret' => '']];
        wp_set_current_user($this->user('site-admin', 'administrator')->ID);
        self::assertSame('died', self::submitted([NetworkPage::class, 'save'], 'logto_sign_in', $form));
        wp_set_current_user($this->admin()->ID);
        self::assertSame('died', self::submitted([NetworkPage::class, 'save'], 'another action', $form));
        self::assertSame(self::SETTINGS, get_site_option(Settings::NETWORK_OPTION));

        self::assertStringContainsString('/network/', self::submitted([NetworkPage::class, 'save'], 'logto_sign_in', $form));
        $stored = get_site_option(Settings::NETWORK_OPTION);
        self::assertSame(['https://new.example', 'new', ''], [$stored['endpoint'], $stored['app_id'], $stored['app_secret']], 'the secret stays with its tenant');
        self::assertFalse(get_option(Settings::OPTION), 'no site was given settings of its own');
    }

    public function test_the_page_of_the_network_never_prints_the_secret(): void
    {
        wp_set_current_user($this->user('site-admin', 'administrator')->ID);
        self::assertSame('', self::printed([NetworkPage::class, 'render']));
        wp_set_current_user($this->admin()->ID);
        $html = self::printed([NetworkPage::class, 'render']);
        self::assertStringContainsString('value="http://127.0.0.1:9"', $html);
        self::assertStringContainsString('name="_wpnonce"', $html);
        self::assertStringNotContainsString('a very secret', $html);
    }

    /**
     * @param array<string, mixed> $form
     *
     * @return string Where it led, or that it died.
     */
    private static function submitted(callable $action, string $nonce, array $form): string
    {
        $_POST = $form;
        $_REQUEST = $form + ['_wpnonce' => wp_create_nonce($nonce)];
        try {
            $action();
        } catch (\RuntimeException $end) {
            return $end->getMessage();
        }

        return '';
    }
}
