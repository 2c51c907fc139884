<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\ConnectMail;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Connecting an identity to an account, and what ends with it.
 */
final class ConnectionTest extends TestCase
{
    public function test_from_the_profile_page_nothing_else_changes(): void
    {
        $user = $this->attacked();

        self::assertTrue(Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Nothing)));

        self::assertSame($user->ID, Identities::find_user(self::identity()));
        self::assertCount(2, \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertCount(1, \WP_Application_Passwords::get_user_application_passwords($user->ID));
    }

    /**
     * Fault S1: the sessions and application passwords of an account stayed open after it was linked by email.
     */
    public function test_fault_s1_after_a_login_the_other_sessions_end(): void
    {
        $user = $this->attacked();
        self::log_in($user);

        self::assertTrue(Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Sessions)));

        self::assertSame([wp_get_session_token()], self::live_tokens($user), 'the session of this request stays');
        self::assertSame([], \WP_Application_Passwords::get_user_application_passwords($user->ID));
        self::assertTrue(wp_check_password('right password', (new \WP_User($user->ID))->user_pass));
        self::assertCount(2, Identities::of_user($user->ID));
    }

    /**
     * Fault S1: so did the password and the other identities of whoever had taken the address first.
     */
    public function test_fault_s1_after_a_mailed_link_all_other_access_ends(): void
    {
        $user = $this->attacked();
        update_user_meta($user->ID, '_new_email', ['hash' => 'x', 'newemail' => 'attacker@example.org']);

        self::assertTrue(Connection::make(new LinkIdentity(self::identity(), $user->ID, true, Ends::Everything)));

        $user = new \WP_User($user->ID);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertSame([], \WP_Application_Passwords::get_user_application_passwords($user->ID));
        self::assertFalse(wp_check_password('right password', $user->user_pass));
        self::assertFalse(KnownPassword::exists($user));
        self::assertSame(['subject'], array_column(Identities::of_user($user->ID), 'subject'));
        self::assertSame('', get_user_meta($user->ID, '_new_email', true), 'no change of the address waits');
    }

    public function test_an_identity_of_another_user_changes_nothing(): void
    {
        [$user, $other] = [$this->attacked(), $this->user('other')];
        Identities::link(self::identity(), $other->ID);

        self::assertFalse(Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Everything)));

        self::assertSame($other->ID, Identities::find_user(self::identity()));
        self::assertCount(2, \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::assertTrue(wp_check_password('right password', (new \WP_User($user->ID))->user_pass));
    }

    public function test_an_account_with_another_identity_of_the_issuer_may_be_left_alone(): void
    {
        $user = $this->attacked();
        Identities::link(self::identity('another'), $user->ID);

        self::assertFalse(Connection::make(new LinkIdentity(self::identity(), $user->ID, true, Ends::Everything)));
        self::assertFalse(Connection::make(new LinkIdentity(self::identity(), 4_000_000, false, Ends::Nothing)));

        self::assertNull(Identities::find_user(self::identity()));
        self::assertCount(1, \WP_Application_Passwords::get_user_application_passwords($user->ID));
    }

    public function test_of_two_identities_at_once_one_is_connected(): void
    {
        $user = $this->user();
        $at = microtime(true) + 1.5;
        $running = array_map(
            static fn(string $subject) => Program::start('effect.php', [], ['at' => $at, 'effect' => new LinkIdentity(self::identity($subject), $user->ID, true, Ends::Sessions)]),
            ['first', 'second', 'third'],
        );

        $connected = array_column(array_map([Program::class, 'result'], $running), 'linked');

        sort($connected);
        self::assertSame([false, false, true], $connected);
        self::assertCount(1, Identities::of_user($user->ID));
    }

    public function test_a_plugin_that_fails_meanwhile_undoes_the_connection(): void
    {
        $user = $this->attacked();
        add_action('wp_delete_application_password', static fn() => throw new \RuntimeException('not now'));

        self::assertFalse(Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Everything)));

        self::assertNull(Identities::find_user(self::identity()));
        self::assertCount(2, \WP_Session_Tokens::get_instance($user->ID)->get_all());
    }

    public function test_the_action_fires_once_for_each_connection(): void
    {
        $user = $this->user();
        $told = [];
        add_action('logto_sign_in_linked', static function (int $user_id, string $issuer) use (&$told): void {
            $told[] = [$user_id, $issuer];
        }, 10, 2);
        $effect = new LinkIdentity(self::identity(), $user->ID, false, Ends::Nothing);

        self::assertTrue(Connection::make($effect));
        self::assertTrue(Connection::make($effect));

        self::assertSame([[$user->ID, self::ISSUER]], $told);
    }

    public function test_a_link_is_mailed_to_the_address_that_the_account_has_now(): void
    {
        $user = $this->user('boss');
        wp_update_user(['ID' => $user->ID, 'display_name' => 'Click https://evil.example now']);
        $mails = self::mails();
        $mail = static fn(string $email): bool => ConnectMail::send(new SendConnectMail($user->ID, $email, 'the-code', 'logto'));

        self::assertTrue($mail('Boss@Example.org'));
        self::assertFalse($mail('elsewhere@example.org'));
        add_filter('logto_sign_in_connect_mail', '__return_false');
        self::assertFalse($mail('boss@example.org'));

        self::assertCount(1, $mails);
        self::assertSame('boss@example.org', $mails[0]['to']);
        self::assertStringContainsString('action=logto_connect&code=the-code', $mails[0]['message']);
        self::assertStringNotContainsString('evil', $mails[0]['message'], 'no text of somebody who took the address');
    }

    /**
     * A user whose account somebody else uses too: a session in each of two browsers, an application password, an identity.
     */
    private function attacked(): \WP_User
    {
        $user = $this->user();
        foreach ([1, 2] as $_) {
            \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
        }

        \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'a program']);
        Identities::link(DingtalkVisit::identity('of the attacker'), $user->ID);

        return $user;
    }

    /**
     * @return list<string> The token of this request, if its session is the only one that lives.
     */
    private static function live_tokens(\WP_User $user): array
    {
        $sessions = \WP_Session_Tokens::get_instance($user->ID);

        return count($sessions->get_all()) === 1 && $sessions->verify(wp_get_session_token()) ? [wp_get_session_token()] : [];
    }

    /**
     * @return \ArrayObject<int, array<string, mixed>> Mails from now on, which do not leave.
     */
    private static function mails(): \ArrayObject
    {
        $mails = new \ArrayObject();
        add_filter('pre_wp_mail', static function (mixed $_, array $mail) use ($mails): bool {
            $mails->append($mail);

            return true;
        }, 1, 2);

        return $mails;
    }
}
