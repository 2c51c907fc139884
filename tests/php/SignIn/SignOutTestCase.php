<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * A session that began at a provider, and the redirect that follows its end.
 */
abstract class SignOutTestCase extends TestCase
{
    protected const FROM_LOGTO = [Sessions::ISSUER_KEY => 'hash', Sessions::PROVIDER_KEY => 'logto'];

    protected static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        add_filter('send_auth_cookies', '__return_false');
        $this->store(['endpoint' => self::$provider->url] + self::SETTINGS);
    }

    /**
     * @param array<string, string> $session
     */
    protected function open_session(\WP_User $user, array $session): void
    {
        self::log_in($user, $session);
        self::assertSame($user->ID, wp_validate_auth_cookie($_COOKIE[LOGGED_IN_COOKIE], 'logged_in'));
    }

    protected static function redirected(string $location): string
    {
        return (string) apply_filters('wp_redirect', $location, 302);
    }
}
