<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Accounts\ConnectMail;
use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Activity\StreakMail;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Protocol\Ends;

/**
 * The examples of hooks about mails.
 */
final class MailHookExamplesTest extends HookExamplesTestCase
{
    public function test_example_of_pending_mail(): void
    {
        $this->run_example('logto_sign_in_pending_mail');

        self::pending();

        self::assertSame([['members@example.org', 'office@example.org']], array_column($this->mails, 'to'));
        self::assertStringContainsString('logto-visitor', $this->mails[0]['message']);
    }

    public function test_example_of_new_account_mail(): void
    {
        $this->store(['new_account_mail' => true] + self::SETTINGS);
        $this->run_example('logto_sign_in_new_account_mail');

        NewUser::create(self::create_user());
        self::assertSame([], $this->mails);

        NewUser::create(self::create_user(['identity' => self::identity('another'), 'logins' => ['another'], 'email' => 'another@example.com']));
        self::assertCount(1, $this->mails);
    }

    public function test_example_of_failure_mail(): void
    {
        $this->run_example('logto_sign_in_failure_mail');

        StreakMail::send('token_error');

        self::assertSame(['on-call@example.org'], array_column($this->mails, 'to'));
        self::assertSame(['Sign-ins fail: token_error'], array_column($this->mails, 'subject'));
    }

    public function test_example_of_approved_mail(): void
    {
        $user = self::pending();
        $this->mails = [];
        wp_set_current_user($this->admin()->ID);
        $this->run_example('logto_sign_in_approved_mail');

        self::assertSame(1, Approval::approve_all([$user->ID])['done']);

        self::assertSame(['logto-visitor@example.org'], array_column($this->mails, 'to'));
        self::assertStringContainsString('Read this first: ' . home_url('/welcome/'), $this->mails[0]['message']);
    }

    public function test_example_of_connect_mail(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_connect_mail');

        self::assertTrue(ConnectMail::send(new SendConnectMail($user->ID, 'a-visitor@example.org', 'the-code', 'logto')));

        self::assertSame(['Is this your account?'], array_column($this->mails, 'subject'));
        self::assertStringContainsString('code=the-code', $this->mails[0]['message']);
    }

    public function test_example_of_connection_mail(): void
    {
        $this->run_example('logto_sign_in_connection_mail');

        Connection::make(new LinkIdentity(self::identity('first'), $this->user('writer', 'editor')->ID, false, Ends::Nothing));
        Connection::make(new LinkIdentity(self::identity('second'), $this->user('reader')->ID, false, Ends::Nothing));

        self::assertSame([['writer@example.org', 'security@example.org'], 'reader@example.org'], array_column($this->mails, 'to'));
    }
}
