<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Tests\Program;

/**
 * What an admin does to the ways of other users.
 */
final class AdminLinkTest extends AdminLinkTestCase
{
    private const SURE = ['logto_confirmed' => '1', 'logto_password' => 'right password'];

    public function test_an_identity_moves_by_an_admins_explicit_act(): void
    {
        [$from, $to, $id] = $this->two_users();
        $told = $this->told();
        self::assertSame('moved', $this->post($this->admin(), $from, ['logto_move' => $id, 'logto_target' => 'second'] + self::SURE));
        self::assertSame($to->ID, Identities::find_user(self::identity()));
        self::assertSame([['unlinked', $from->ID], ['linked', $to->ID]], $told->getArrayCopy());
    }

    public function test_an_admin_unlinks_even_the_last_way(): void
    {
        [$user, , $id] = $this->two_users();
        $told = $this->told();
        self::assertSame('unlinked', $this->post($this->admin(), $user, ['logto_unlink' => $id] + self::SURE));
        self::assertNull(Identities::find_user(self::identity()));
        self::assertSame([['unlinked', $user->ID]], $told->getArrayCopy());
        self::assertSame('not_changed', $this->post($this->admin('again'), $user, ['logto_unlink' => $id] + self::SURE));
    }

    public function test_what_is_not_whole_changes_nothing(): void
    {
        [$from, , $id] = $this->two_users();
        $elsewhere = $this->user('elsewhere');
        Identities::link(self::identity('another'), $elsewhere->ID);
        $other = (string) Identities::of_user($elsewhere->ID)[0]['id'];
        $move = ['logto_move' => $id, 'logto_target' => 'second'];
        $told = $this->told();
        $admin = $this->admin();
        foreach ([
            ['not_confirmed', ['logto_confirmed' => ''] + $move + self::SURE],
            ['proof_missing', ['logto_password' => 'wrong'] + $move + self::SURE],
            ['proof_missing', ['logto_password' => ''] + $move + self::SURE],
            ['user_unknown', ['logto_target' => 'nobody-at-all'] + $move + self::SURE],
            ['user_unknown', ['logto_target' => ''] + $move + self::SURE],
            ['same_user', ['logto_target' => 'first'] + $move + self::SURE],
            ['not_changed', ['logto_move' => $other] + $move + self::SURE],
            ['not_changed', ['logto_unlink' => $other] + self::SURE],
            ['not_changed', self::SURE],
        ] as [$code, $post]) {
            self::assertSame($code, $this->post($admin, $from, $post));
        }

        self::assertSame($from->ID, Identities::find_user(self::identity()));
        self::assertSame($elsewhere->ID, Identities::find_user(self::identity('another')));
        self::assertSame([], $told->getArrayCopy());
    }

    public function test_only_who_may_edit_users_changes_anything_and_nobody_their_own(): void
    {
        [$user, , $id] = $this->two_users();
        $admin = $this->admin();
        self::assertSame('not_allowed', $this->post($this->user('editor', 'editor'), $user, ['logto_unlink' => $id] + self::SURE));
        self::assertSame('not_allowed', $this->post($user, $user, ['logto_unlink' => $id] + self::SURE));
        self::assertSame('not_allowed', $this->post($admin, $admin, ['logto_unlink' => $id] + self::SURE));
        wp_set_current_user(0);
        self::assertFalse(AdminLink::current_user_can_change($user->ID));
        self::assertSame($user->ID, Identities::find_user(self::identity()));
    }

    public function test_who_only_edits_users_gets_no_hold_on_admins(): void
    {
        // A role with edit_users, as shops have: moving an identity to an admin would make its owner one.
        [$user, , $id] = $this->two_users();
        $boss = $this->admin();
        $clerk = $this->user('clerk', 'editor');
        $clerk->add_cap('edit_users');
        if (is_multisite()) {
            $clerk->add_cap('manage_network_users');
        }

        wp_set_current_user($clerk->ID);
        self::assertSame(!is_multisite(), AdminLink::current_user_can_change($user->ID));
        self::assertFalse(AdminLink::current_user_can_change($boss->ID));
        self::assertSame(is_multisite() ? 'not_allowed' : 'target_not_allowed', $this->post($clerk, $user, ['logto_move' => $id, 'logto_target' => 'boss'] + self::SURE));
        self::assertSame($user->ID, Identities::find_user(self::identity()));
    }

    public function test_the_log_says_who_did_it(): void
    {
        [$from, $to, $id] = $this->two_users();
        $lines = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$lines): void {
            $lines[$code] = $cause;
        }, 10, 2);
        $admin = $this->admin();
        $this->post($admin, $from, ['logto_move' => $id, 'logto_target' => 'second'] + self::SURE);
        $this->post($admin, $to, ['logto_unlink' => $id] + self::SURE);
        $this->post($admin, $to, ['logto_unlink' => $id]);
        self::assertSame(['identity_moved', 'identity_unlinked', 'identity_not_changed'], array_keys($lines));
        self::assertSame("user {$admin->ID} moved way {$id} to sign in from user {$from->ID} to user {$to->ID}", $lines['identity_moved']);
        self::assertStringContainsString("user {$admin->ID}", $lines['identity_unlinked']);
    }

    public function test_a_post_and_a_nonce_of_this_user_are_needed(): void
    {
        [$user, $other, $id] = $this->two_users();
        $admin = $this->admin();
        $cookie = self::log_in($admin);
        $right = ['action' => AdminLink::ACTION, 'logto_user' => (string) $user->ID, 'logto_unlink' => $id, '_wpnonce' => wp_create_nonce(AdminLink::ACTION . $user->ID)] + self::SURE;
        $wrong = [
            Program::page('wp-admin/admin-post.php', $right, ['cookie' => $cookie, 'user' => $admin->ID]),
            Program::page('wp-admin/admin-post.php', [], ['cookie' => $cookie, 'user' => $admin->ID, 'post' => ['_wpnonce' => wp_create_nonce(AdminLink::ACTION . $other->ID)] + $right]),
            Program::page('wp-admin/admin-post.php', [], ['user' => $other->ID, 'post' => $right]),
            Program::page('wp-admin/admin-post.php', [], ['user' => 0, 'post' => $right]),
            Program::page('wp-admin/admin-post.php', [], ['cookie' => $cookie, 'user' => $admin->ID, 'post' => ['logto_user' => '4000000'] + $right]),
        ];
        foreach ($wrong as $page) {
            self::assertStringNotContainsString('logto_ways=unlinked', Program::location($page));
            self::assertSame($user->ID, Identities::find_user(self::identity()));
        }

        $page = Program::page('wp-admin/admin-post.php', [], ['user' => $admin->ID, 'post' => $right, 'cookie' => $cookie]);
        self::assertSame("http://127.0.0.1/wp-admin/user-edit.php?user_id={$user->ID}&logto_ways=unlinked#logto-ways", Program::location($page), $page['body']);
        self::assertNull(Identities::find_user(self::identity()));
    }

    /**
     * @return \ArrayObject<int, array{string, int}> What other plugins are told from now on.
     */
    private function told(): \ArrayObject
    {
        $told = new \ArrayObject();
        foreach (['linked', 'unlinked'] as $what) {
            add_action('logto_sign_in_' . $what, static fn(int $user_id) => $told->append([$what, $user_id]));
        }

        return $told;
    }

    /**
     * @param array<string, string> $post
     */
    private function post(\WP_User $actor, \WP_User $user, array $post): string
    {
        self::log_in($actor);
        $_POST = $post;

        return AdminLink::handle($user);
    }
}
