<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\UsersList;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\UsersList\Actions;

/**
 * What an administrator does to users in the list: it asks first, and says what came of it.
 */
final class ActionsTest extends UsersListTestCase
{
    public function test_it_asks_first_and_explains_the_last_way_in(): void
    {
        $people = $this->people();
        $stranger = NewUser::create(self::create_user(['email' => 'user-1@logto.invalid', 'identity' => self::identity('stranger')]))->user_id;
        foreach ([
            ['logto_do' => 'logto_unlink', 'logto_users' => implode(',', [$people['ding'], $people['plain'], $stranger, $this->boss->ID])],
            ['action' => 'logto_unlink', 'users' => [(string) $people['ding'], (string) $people['plain'], (string) $stranger, (string) $this->boss->ID]],
        ] as $get) {
            $page = $this->list($get);
            self::assertStringContainsString('Disconnect all sign-in methods of these users', $page['body']);
            self::assertStringContainsString('<strong>ding</strong> (ding) – DingTalk<', $page['body']);
            self::assertMatchesRegularExpression('~<strong>logto-visitor</strong> \(李四\) – Logto \(tests\.example\) – No one knows this account’s password, and it has no email~', $page['body']);
            self::assertStringNotContainsString('<strong>plain</strong>', $page['body']);
            self::assertStringNotContainsString('<strong>boss</strong>', $page['body']);
            self::assertMatchesRegularExpression("~name=\"logto_users\" value=\"(?:{$people['ding']},{$stranger}|{$stranger},{$people['ding']})\"~", $page['body']);
        }

        self::assertCount(1, Identities::of_user($people['ding']), 'asking changes nothing');
        self::assertStringContainsString('These users need no change', $this->list(['logto_do' => 'logto_unlink', 'logto_users' => (string) $people['plain']])['body']);
    }

    public function test_an_approval_says_which_roles_it_gives(): void
    {
        $people = $this->people();
        $page = $this->list(['logto_do' => 'logto_approve', 'logto_users' => "{$people['waiting']},{$people['plain']}"]);
        self::assertStringContainsString('<strong>waiting</strong> (waiting) – Editor<', $page['body']);
        self::assertStringNotContainsString('<strong>plain</strong>', $page['body']);
    }

    public function test_what_was_confirmed_is_done(): void
    {
        $people = $this->people();
        $back = 'http://127.0.0.1/wp-admin/users.php?logto_with=dingtalk';
        $page = $this->confirmed('logto_unlink', "{$people['both']},{$people['ding']},{$this->boss->ID}", ['logto_back' => $back, 'logto_password' => 'right password']);
        self::assertSame($back . '&logto_did=logto_unlink&logto_done=2&logto_denied=1', Program::location($page), $page['body']);
        self::assertSame([], [...Identities::of_user($people['both']), ...Identities::of_user($people['ding'])]);

        $page = $this->confirmed('logto_approve', (string) $people['waiting'], ['logto_back' => 'https://evil.example/']);
        self::assertSame('http://127.0.0.1/wp-admin/users.php?logto_did=logto_approve&logto_done=1&logto_denied=0', Program::location($page));
        wp_cache_flush();
        self::assertFalse(UserMeta::is_pending($people['waiting']));
        self::assertSame(['editor'], (new \WP_User($people['waiting']))->roles);
    }

    public function test_a_nonce_a_post_and_the_capability_are_needed(): void
    {
        $people = $this->people();
        $editor = $this->user('an-editor', 'editor');
        wp_set_current_user($this->boss->ID);
        $right = ['action' => Actions::ACTION, 'logto_do' => 'logto_unlink', 'logto_users' => (string) $people['ding'], '_wpnonce' => wp_create_nonce(Actions::ACTION . 'logto_unlink')];
        wp_set_current_user($editor->ID);
        $of_editor = ['_wpnonce' => wp_create_nonce(Actions::ACTION . 'logto_unlink')] + $right;
        $other = ['user' => $this->boss->ID];
        foreach ([
            Program::page('wp-admin/admin-post.php', $right, $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => ['_wpnonce' => 'x'] + $right] + $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => ['logto_do' => 'logto_approve'] + $right] + $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => $of_editor, 'user' => $editor->ID]),
            Program::page('wp-admin/admin-post.php', [], ['post' => $right, 'user' => 0]),
            $this->list(['action' => 'logto_unlink', 'users' => [(string) $people['ding']]], $editor),
        ] as $page) {
            self::assertStringNotContainsString('logto_did', Program::location($page));
            self::assertStringNotContainsString('Disconnect all sign-in methods', $page['body']);
        }

        self::assertCount(1, Identities::of_user($people['ding']));
    }

    /**
     * Fault S6: a session left open was enough to unlink sign-in methods in the list of users.
     */
    public function test_fault_s6_unlinking_in_the_list_asks_for_the_password(): void
    {
        $people = $this->people();
        self::assertStringContainsString('name="logto_password"', $this->list(['logto_do' => 'logto_unlink', 'logto_users' => (string) $people['ding']])['body']);
        foreach (['', 'wrong'] as $password) {
            $page = $this->confirmed('logto_unlink', (string) $people['ding'], ['logto_password' => $password]);
            self::assertStringContainsString('logto_did=proof_missing', Program::location($page), $page['body']);
        }

        self::assertCount(1, Identities::of_user($people['ding']));
        self::assertStringContainsString('Nothing was changed.', $this->list(['logto_did' => 'proof_missing'])['body']);
    }

    public function test_nobody_unlinks_many_whom_they_may_not_edit(): void
    {
        $people = $this->people();
        wp_set_current_user($this->user('an-editor', 'editor')->ID);
        self::assertSame(['done' => 0, 'denied' => 2], AdminLink::unlink_all([$people['both'], $people['ding']]));
        self::assertCount(2, Identities::of_user($people['both']));
    }

    public function test_a_notice_says_what_came_of_it(): void
    {
        $page = $this->list(['logto_did' => 'logto_unlink', 'logto_done' => '1200', 'logto_denied' => '3<script>']);
        self::assertStringContainsString('Users whose sign-in methods were disconnected: 1,200.', $page['body']);
        self::assertStringContainsString('because you are not allowed to edit them: 3.', $page['body']);
        self::assertStringNotContainsString('Users approved', $page['body']);
    }

    /**
     * @param array<string, string> $post
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function confirmed(string $action, string $ids, array $post): array
    {
        $cookie = self::log_in($this->boss);
        $post += ['action' => Actions::ACTION, 'logto_do' => $action, 'logto_users' => $ids, '_wpnonce' => wp_create_nonce(Actions::ACTION . $action)];

        return Program::page('wp-admin/admin-post.php', [], ['user' => $this->boss->ID, 'post' => $post, 'cookie' => $cookie]);
    }
}
