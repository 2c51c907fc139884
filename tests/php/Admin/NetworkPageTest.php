<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Admin\LastCheck;
use LogtoSignIn\Admin\NetworkPage;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Tests\Program;
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
        update_site_option(StoredOptions::NETWORK_OPTION, self::SETTINGS);
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
        $_SERVER['REQUEST_METHOD'] = 'POST';
    }

    protected function tearDown(): void
    {
        delete_option(LastCheck::OPTION);
        delete_site_option(StoredOptions::NETWORK_OPTION);
        delete_site_option(Settings::DELETE_IDENTITIES_OPTION);
        parent::tearDown();
    }

    public function test_only_a_network_admin_saves_them_and_the_core_cleans_them(): void
    {
        $form = [Settings::OPTION => ['endpoint' => ' https://New.example/oidc ', 'app_id' => 'new', 'app_secret' => '']];
        wp_set_current_user($this->user('site-admin', 'administrator')->ID);
        self::assertSame('died', self::submitted([NetworkPage::class, 'save'], 'logto_sign_in', $form));
        wp_set_current_user($this->admin()->ID);
        self::assertSame('died', self::submitted([NetworkPage::class, 'save'], 'another action', $form));
        self::assertSame(self::SETTINGS, get_site_option(StoredOptions::NETWORK_OPTION));

        self::assertStringContainsString('/network/', self::submitted([NetworkPage::class, 'save'], 'logto_sign_in', $form));
        $stored = get_site_option(StoredOptions::NETWORK_OPTION);
        self::assertSame(['https://new.example', 'new', ''], [$stored['endpoint'], $stored['app_id'], $stored['app_secret']], 'the secret stays with its tenant');
        self::assertFalse(get_option(Settings::OPTION), 'no site was given settings of its own');
    }

    public function test_the_page_of_the_network_never_prints_the_secret(): void
    {
        wp_set_current_user($this->user('site-admin', 'administrator')->ID);
        self::assertSame('', self::printed([NetworkPage::class, 'render']));
        wp_set_current_user($this->admin()->ID);
        $html = self::network_page();
        self::assertStringContainsString('value="http://127.0.0.1:9"', $html);
        self::assertStringContainsString('name="_wpnonce"', $html);
        self::assertStringNotContainsString('a very secret', $html);
    }

    public function test_the_network_decides_what_becomes_of_the_identities(): void
    {
        wp_set_current_user($this->admin()->ID);
        self::assertStringContainsString('name="logto_sign_in_delete_identities" type="checkbox"', self::network_page());
        self::submitted([NetworkPage::class, 'save'], 'logto_sign_in', [Settings::OPTION => self::SETTINGS, Settings::DELETE_IDENTITIES_OPTION => '1']);
        self::assertSame(['1', false], [get_site_option(Settings::DELETE_IDENTITIES_OPTION), get_option(Settings::DELETE_IDENTITIES_OPTION)]);
        self::submitted([NetworkPage::class, 'save'], 'logto_sign_in', [Settings::OPTION => self::SETTINGS, Settings::DELETE_IDENTITIES_OPTION => '0']);
        self::assertSame('0', get_site_option(Settings::DELETE_IDENTITIES_OPTION));
    }

    /**
     * The network's page saved credentials and offered no check of them.
     */
    public function test_fault_c20_the_network_checks_its_settings(): void
    {
        $form = ['logto_network' => '1', 'tab' => 'connection'];
        wp_set_current_user($this->user('site-admin', 'administrator')->ID);
        self::assertSame('died', self::submitted([ConnectionCheck::class, 'run'], ConnectionCheck::ACTION, $form));
        wp_set_current_user($this->admin()->ID);
        self::assertStringContainsString('form="logto-check-form"', self::network_page());
        GuardedOption::update(Settings::OPTION, ['endpoint' => 'https://own.example'] + self::SETTINGS);

        $to = self::submitted([ConnectionCheck::class, 'run'], ConnectionCheck::ACTION, $form);

        self::assertStringContainsString('/network/admin.php?page=logto-sign-in&tab=connection#logto-check', $to);
        $page = self::network_page();
        self::assertStringContainsString('<code>provider_unreachable</code>', $page);
        self::assertStringNotContainsString('own.example', $page, 'the settings of a site are not the network’s');
        self::assertStringContainsString('Checked with the addresses of ' . home_url(), $page);
    }

    public function test_without_the_core_the_network_keeps_its_settings(): void
    {
        wp_set_current_user($this->admin()->ID);
        $result = Program::run('sanitize.php', [], ['constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'none'], 'stored' => self::SETTINGS, 'submitted' => [], 'network' => true]);
        self::assertNull($result['settings']);
        self::assertStringContainsString('not changed', $result['errors'][0]['message']);
    }

    /**
     * The page as the network's administrators see it.
     */
    private static function network_page(): string
    {
        set_current_screen('toplevel_page_logto-sign-in-network');
        try {
            return self::tabs(NetworkPage::render(...));
        } finally {
            unset($GLOBALS['current_screen']);
        }
    }
}
