<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Tests\TestCase;

/**
 * Fault S6: the owner of an account learned nothing of sign-in methods that were added or taken away.
 */
final class OwnerMailTest extends TestCase
{
    /** @var list<array{to: string, subject: string, message: string}> */
    private array $mails = [];

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        add_filter('pre_wp_mail', function (mixed $done, array $mail): mixed {
            if ($done === null) {
                $this->mails[] = $mail;
            }

            return true;
        }, 999, 2);
    }

    public function test_fault_s6_a_connection_is_mailed_to_the_owner(): void
    {
        $user = $this->user();
        self::log_in($user);

        Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Nothing));

        $mail = $this->only_mail('a-visitor@example.org');
        self::assertStringContainsString('A sign-in method was connected to your account', $mail['subject']);
        foreach (['a-visitor', 'Sign-in method: Logto (tests.example)', 'When: ', 'By: you, or someone who is signed in as you', 'action=lostpassword', 'profile.php#logto-ways'] as $part) {
            self::assertStringContainsString($part, $mail['message']);
        }
    }

    public function test_fault_s6_a_connection_by_mail_says_so(): void
    {
        Connection::make(new LinkIdentity(self::identity(), $this->user()->ID, false, Ends::Everything));

        self::assertStringContainsString('By: someone who opened the link that was mailed to you', $this->only_mail('a-visitor@example.org')['message']);
    }

    public function test_fault_s6_what_the_owner_removes_is_mailed(): void
    {
        $user = $this->user();
        Identities::link(self::identity(), $user->ID);
        self::log_in($user);
        $_POST = ['logto_remove' => (string) Identities::of_user($user->ID)[0]['id'], 'logto_password' => 'right password'];

        self::assertSame('removed', Link::handle($user));

        $mail = $this->only_mail('a-visitor@example.org');
        self::assertStringContainsString('was disconnected', $mail['subject']);
        self::assertStringContainsString('Sign-in method: Logto (tests.example)', $mail['message']);
    }

    public function test_fault_s6_what_an_admin_unlinks_or_moves_is_mailed_to_both_owners(): void
    {
        [$from, $to, $admin] = [$this->user('first'), $this->user('second'), $this->admin()];
        Identities::link(self::identity(), $from->ID);
        self::log_in($admin);
        $sure = ['logto_confirmed' => '1', 'logto_password' => 'right password'];
        $_POST = ['logto_move' => (string) Identities::of_user($from->ID)[0]['id'], 'logto_target' => 'second'] + $sure;

        self::assertSame('moved', AdminLink::handle($from));
        self::assertSame(['first@example.org', 'second@example.org'], array_column($this->mails, 'to'));
        self::assertStringContainsString('By: boss', $this->mails[1]['message']);

        $this->mails = [];
        AdminLink::unlink_all([$to->ID]);
        $mail = $this->only_mail('second@example.org');
        self::assertStringContainsString('All sign-in methods were disconnected from your account', $mail['subject']);
        self::assertStringContainsString('All sign-in methods were disconnected from your account second on', $mail['message']);
        self::assertStringContainsString('Sign-in method: all sign-in methods', $mail['message']);
    }

    public function test_a_placeholder_gets_no_mail_and_a_filter_may_stop_it(): void
    {
        $user_id = NewUser::create(self::create_user(['email' => 'user-1@no-email.invalid']))->user_id;
        Connection::make(new LinkIdentity(self::identity('second'), (int) $user_id, false, Ends::Nothing));
        add_filter('logto_sign_in_connection_mail', '__return_false');
        Connection::make(new LinkIdentity(self::identity('third'), $this->user()->ID, false, Ends::Nothing));

        self::assertSame([], $this->mails);
    }

    /**
     * @return array{to: string, subject: string, message: string}
     */
    private function only_mail(string $to): array
    {
        self::assertSame([$to], array_column($this->mails, 'to'));

        return $this->mails[0];
    }
}
