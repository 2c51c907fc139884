<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Commands;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Providers\Provider;

/**
 * `wp logto users`: the ways to sign in, and who waits for approval.
 */
final class UsersCommandsTest extends CommandsTestCase
{
    public function test_users_are_linked_listed_and_unlinked(): void
    {
        $user = $this->user('mary');
        $other = $this->user('other');
        self::assertSame(0, self::run_command('users link', ['mary', 'subject-1']));
        self::assertSame(1, self::run_command('users link', ['other@example.org', 'subject-1']), 'it belongs to somebody else');
        self::assertSame(1, self::run_command('users link', ['mary', str_repeat('x', 256)]));
        self::assertSame(1, self::run_command('users link', ['nobody', 'subject-2']));
        self::assertSame(0, self::run_command('users link', [(string) $other->ID, 'union', ], ['provider' => 'dingtalk']));

        self::run_command('users list');
        $listed = array_column(\WP_CLI::$items, 'issuer', 'user');
        self::assertSame(self::SETTINGS['endpoint'] . '/oidc', $listed['mary']);
        self::assertSame(Provider::DINGTALK_ISSUER, $listed['other']);

        self::run_command('users unlink', ['mary']);
        self::assertStringStartsWith('question: ', \WP_CLI::$said[count(\WP_CLI::$said) - 2]);
        self::assertCount(1, Identities::of_user($user->ID), 'nobody said yes');
        $id = (string) Identities::of_user($user->ID)[0]['id'];
        self::assertSame(0, self::run_command('users unlink', ['mary'], ['id' => $id, 'yes' => true]));
        self::assertSame([], Identities::of_user($user->ID));
        self::assertSame(1, self::run_command('users unlink', ['mary'], ['yes' => true]), 'there is none');
    }

    public function test_whoever_waits_is_approved_without_a_user_of_wordpress(): void
    {
        $user = $this->user('waiting', '');
        update_user_meta($user->ID, UserMeta::PENDING, '1');
        update_user_meta($user->ID, UserMeta::PENDING_ROLES, ['author']);

        self::run_command('users list', [], ['pending' => true]);
        self::assertContains('waiting', array_column(\WP_CLI::$items, 'user'));
        self::assertSame(0, self::run_command('users approve', ['waiting']));
        self::assertSame(['author'], (new \WP_User($user->ID))->roles);
        self::assertSame(1, self::run_command('users approve', ['waiting']));
    }
}
