<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class PasswordResetTest extends TestCase
{
    /** Mails that were sent. */
    private int $mails = 0;

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        add_filter('pre_wp_mail', function (): bool {
            ++$this->mails;

            return true;
        }, 999);
    }

    /**
     * Fault C15: a user with a placeholder address was told to look for a mail that nobody receives.
     */
    public function test_fault_c15_a_user_without_an_address_is_told_the_way_in(): void
    {
        add_filter('send_email_change_email', '__return_false');
        $user = $this->user('no-address');
        wp_update_user(['ID' => $user->ID, 'user_email' => 'user-0123456789abcdef@no-email.invalid']);
        self::assertStringContainsString('Ask an administrator', self::reset($user));

        Identities::link(DingtalkVisit::identity('no-address'), $user->ID);
        self::assertStringContainsString('Sign in with DingTalk instead', self::reset($user));
        self::assertSame(0, $this->mails);

        self::assertSame('', self::reset($this->user('with-address')));
        self::assertSame(1, $this->mails);
    }

    /**
     * Fault C15: a new password was offered where none can be used.
     */
    public function test_fault_c15_without_password_login_no_reset_is_offered(): void
    {
        $settings = ['form_login' => false] + self::SETTINGS;
        $page = Program::page('wp-login.php', ['action' => 'lostpassword'], ['settings' => $settings]);
        self::assertStringEndsWith('/wp-login.php?form=1', Program::location($page));
        self::assertStringNotContainsString('action=lostpassword', Program::page('wp-login.php', ['form' => '1'], ['settings' => $settings])['body']);
        self::assertStringContainsString('action=lostpassword', Program::page('wp-login.php', ['form' => '1'], ['settings' => self::SETTINGS])['body']);

        $this->store($settings);
        self::assertStringContainsString('Password login is turned off', self::reset($this->user('with-address')));
        self::assertSame(0, $this->mails);
    }

    private static function reset(\WP_User $user): string
    {
        $result = retrieve_password($user->user_login);

        return $result instanceof \WP_Error ? implode(' ', $result->get_error_messages()) : '';
    }
}
