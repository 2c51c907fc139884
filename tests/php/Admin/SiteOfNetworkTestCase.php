<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Tests\TestCase;

/**
 * A site of a network, with an administrator of its own.
 */
abstract class SiteOfNetworkTestCase extends TestCase
{
    protected const OWN_PROVIDER = ['endpoint' => 'https://own.example', 'app_id' => 'own', 'app_secret' => 'own secret', 'link_by_email' => '1'];

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(false);
        update_site_option(StoredOptions::NETWORK_OPTION, ['role_map' => 'staff = author', 'avatar' => true] + self::SETTINGS);
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
        add_filter('send_auth_cookies', '__return_false');
        $_SERVER['REQUEST_METHOD'] = 'POST';
    }

    protected function tearDown(): void
    {
        delete_site_option(StoredOptions::NETWORK_OPTION);
        parent::tearDown();
    }

    protected function site_admin(): \WP_User
    {
        return $this->user('site-admin', 'administrator');
    }

    /**
     * Writes the site's option past every filter.
     *
     * @param array<string, mixed> $values
     */
    protected function raw(array $values): void
    {
        remove_all_filters('sanitize_option_' . Settings::OPTION);
        update_option(Settings::OPTION, $values);
    }

    /**
     * Logto › Settings, as the current user sees it.
     */
    protected static function page(): string
    {
        return self::tabs(SettingsPage::render(...));
    }
}
