<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Setup;

use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Setup\Command;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Tests\TestCase;

/**
 * `wp logto login-form`: the way back of whoever is locked out.
 */
final class CommandTest extends TestCase
{
    public function test_it_turns_password_login_off_and_on(): void
    {
        $this->store(self::SETTINGS);

        Command::run(['off']);
        self::assertFalse(PasswordLogin::is_available());
        self::assertSame('a very secret secret', Settings::current()->text('app_secret'), 'the rest stays');

        Command::run(['on']);
        self::assertTrue(PasswordLogin::is_available());
    }

    public function test_another_word_changes_nothing(): void
    {
        $this->store(self::SETTINGS);
        $before = Settings::current()->stored;

        try {
            Command::run(['perhaps']);
        } catch (\Throwable) {
            // WP-CLI ends here.
        }

        self::assertSame($before, Settings::current()->stored);
    }
}
