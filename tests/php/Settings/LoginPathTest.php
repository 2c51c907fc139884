<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Settings;

use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Tests\TestCase;

final class LoginPathTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        delete_option(LoginPath::OPTION);
        add_filter('pre_option_siteurl', static fn(): string => 'https://site.example/wp');
        $this->store(self::SETTINGS);
    }

    protected function tearDown(): void
    {
        parent::tearDown();
        update_option(LoginPath::OPTION, LoginPath::LOGIN_PAGE);
    }

    /**
     * Fault C4: the redirect URI followed the secret path of another plugin, so that a provider refused every visitor.
     */
    public function test_fault_c4_a_registered_address_never_changes_by_itself(): void
    {
        self::assertNotFalse(has_action('admin_init', [LoginPath::class, 'registered']));
        $registered = [Site::redirect_uri(), Site::post_logout_redirect_uri(), Site::dingtalk_redirect_uri()];
        self::assertSame('https://site.example/wp/wp-login.php?action=logto_callback', $registered[0]);

        self::hide('secret-door');

        self::assertStringEndsWith('://site.example/wp/secret-door/', wp_login_url());
        self::assertSame($registered, [Site::redirect_uri(), Site::post_logout_redirect_uri(), Site::dingtalk_redirect_uri()]);
    }

    /**
     * Fault C4: a site that was set up with such a plugin has the secret path registered, which must go on, whatever the
     * plugin does next.
     */
    public function test_fault_c4_a_secret_path_that_is_registered_stays_and_is_not_shown(): void
    {
        self::hide('first-door');
        self::assertSame('https://site.example/wp/first-door/?action=logto_callback', Site::redirect_uri());

        self::hide('second-door');

        self::assertSame('https://site.example/wp/first-door/?action=logto_callback', Site::redirect_uri());
        foreach ([Site::start_uri(), Site::connect_uri(), StartUrl::build('https://site.example/')] as $shown) {
            self::assertStringStartsWith('https://site.example/wp/index.php?action=logto', $shown);
        }
    }

    public function test_a_new_site_with_a_hidden_login_page_registers_the_front(): void
    {
        $this->store([]);
        self::hide('secret-door');
        self::assertSame('https://site.example/wp/index.php?action=logto_callback', Site::redirect_uri());

        $this->store(self::SETTINGS);
        self::assertSame('https://site.example/wp/index.php?action=logto_callback', Site::redirect_uri());
    }

    public function test_a_site_that_moves_takes_its_addresses_along(): void
    {
        Site::redirect_uri();
        add_filter('pre_option_siteurl', static fn(): string => 'http://staging.example', 11);
        self::assertSame('http://staging.example/wp-login.php?action=logto_callback', Site::redirect_uri());
    }

    private static function hide(string $path): void
    {
        add_filter('site_url', static fn(string $url): string => (string) preg_replace('~wp-login\.php~', $path . '/', $url), 5);
    }
}
