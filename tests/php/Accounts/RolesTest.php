<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Administrators;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * What a sign-in does to the roles of a user on this site.
 */
final class RolesTest extends TestCase
{
    /** The site's own administrator. */
    private const FIRST = 1;

    protected function tearDown(): void
    {
        (new \WP_User(self::FIRST))->set_role('administrator');
        parent::tearDown();
    }

    public function test_a_change_gives_takes_and_remembers(): void
    {
        $user = $this->user();
        $told = [];
        foreach (['add_user_role', 'remove_user_role'] as $hook) {
            add_action($hook, static function (int $user_id, string $role) use (&$told, $hook): void {
                $told[] = [$hook, $role];
            }, 10, 2);
        }

        self::change($user, new RoleChange(['editor', 'author'], ['subscriber'], ['editor', 'author']));
        $after = new \WP_User($user->ID);
        self::assertSame(['editor', 'author'], array_values($after->roles));
        self::assertSame(['editor', 'author'], Granted::roles($user->ID)->of('issuer'));
        self::assertEqualsCanonicalizing([['remove_user_role', 'subscriber'], ['add_user_role', 'editor'], ['add_user_role', 'author']], $told);

        self::change($after, new RoleChange(['subscriber'], ['editor', 'author'], ['subscriber']));
        self::assertSame(['subscriber'], array_values((new \WP_User($user->ID))->roles));
        self::assertSame(['subscriber'], Granted::roles($user->ID)->of('issuer'), 'it goes when a mapped role returns');
    }

    public function test_a_role_that_does_not_exist_is_never_given(): void
    {
        // A mistyped role took every capability.
        $user = $this->user('writer', 'editor');
        self::change($user, new RoleChange(['king', ''], [], ['king']));
        $after = new \WP_User($user->ID);
        self::assertSame(['editor'], array_values($after->roles));
        self::assertTrue($after->has_cap('edit_posts'));
        self::assertFalse($after->has_cap('king'));
        self::assertSame([], Granted::roles($user->ID)->of('issuer'));
    }

    public function test_the_last_administrator_stays_one(): void
    {
        // The sole administrator lost every capability.
        $user = $this->user('boss', 'administrator');
        (new \WP_User(self::FIRST))->set_role('editor');
        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm('issuer', ['administrator']));
        self::assertTrue(Administrators::is_last(new \WP_User($user->ID)));
        self::change($user, new RoleChange(['subscriber'], ['administrator'], []));
        self::assertSame(['administrator', 'subscriber'], array_values((new \WP_User($user->ID))->roles));
        // It is still the mapping's gift, to be taken back once there is another administrator.
        self::assertSame(['administrator'], Granted::roles($user->ID)->of('issuer'));

        $this->user('second', 'administrator');
        self::change(new \WP_User($user->ID), new RoleChange([], ['administrator'], []));
        self::assertSame(['subscriber'], array_values((new \WP_User($user->ID))->roles));
    }

    public function test_while_somebody_else_demotes_an_administrator_stays_one(): void
    {
        $user = $this->user('boss', 'administrator');
        // Another connection to the same database, as another PHP process has it.
        $other = new \wpdb(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
        $lock = Lock::name('administrators_' . get_current_blog_id());
        self::assertSame('1', $other->get_var($other->prepare('SELECT GET_LOCK(%s, 0)', $lock)));
        self::change($user, new RoleChange([], ['administrator'], []));
        self::assertSame(['administrator'], array_values((new \WP_User($user->ID))->roles));
        self::assertSame(['administrator'], Granted::roles($user->ID)->of('issuer'), 'tried again at the next sign-in');

        self::assertSame('1', $other->get_var($other->prepare('SELECT RELEASE_LOCK(%s)', $lock)));
        self::change(new \WP_User($user->ID), new RoleChange(['editor'], ['administrator'], []));
        self::assertSame(['editor'], array_values((new \WP_User($user->ID))->roles));
        self::assertSame('1', $other->get_var($other->prepare('SELECT IS_FREE_LOCK(%s)', $lock)), 'the lock is given back');
        $other->close();
    }

    public function test_of_two_administrators_who_lose_it_at_once_one_stays(): void
    {
        $users = [$this->user('boss', 'administrator')->ID, $this->user('chief', 'administrator')->ID];
        (new \WP_User(self::FIRST))->set_role('editor');
        $at = microtime(true) + 1.5;
        $running = array_map(static fn(int $user) => Program::start('demote.php', [], ['at' => $at, 'user' => $user]), $users);
        $demoted = array_column(array_map([Program::class, 'result'], $running), 'demoted');
        wp_cache_flush();

        self::assertEqualsCanonicalizing([true, false], $demoted);
        self::assertCount(1, get_users(['role' => 'administrator', 'include' => $users]));
    }

    /**
     * Fault S3: roles were given before WordPress had decided about the sign-in.
     */
    public function test_fault_s3_what_is_taken_back_goes_first_and_what_is_given_comes_later(): void
    {
        $user = $this->user('writer', 'editor');
        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm('issuer', ['editor']));
        $change = new RoleChange(['administrator'], ['editor'], ['administrator']);

        Roles::take_back($user, $change, 'issuer');
        self::assertSame([get_option('default_role')], array_values((new \WP_User($user->ID))->roles), 'nobody who had a role ends without one');
        // Should the sign-in never be completed, the next one takes it back.
        self::assertSame([get_option('default_role')], Granted::roles($user->ID)->of('issuer'));

        Roles::give(new \WP_User($user->ID), $change, 'issuer');
        self::assertSame(['administrator'], array_values((new \WP_User($user->ID))->roles));
        self::assertSame(['administrator'], Granted::roles($user->ID)->of('issuer'));
    }

    public function test_the_chosen_default_role_takes_the_place_of_the_last_one(): void
    {
        $this->store(['default_role' => 'contributor'] + self::SETTINGS);
        $user = $this->user('writer', 'editor');
        self::change($user, new RoleChange(['contributor'], ['editor'], ['contributor']));
        self::assertSame(['contributor'], array_values((new \WP_User($user->ID))->roles));
        self::assertSame(['contributor'], Granted::roles($user->ID)->of('issuer'));

        $this->store(['default_role' => 'king'] + self::SETTINGS);
        self::assertSame([get_option('default_role')], Roles::remove(new \WP_User($user->ID), ['contributor']));
    }

    /**
     * A sign-in that nothing interrupts.
     */
    private static function change(\WP_User $user, RoleChange $change): void
    {
        Roles::take_back($user, $change, 'issuer');
        Roles::give($user, $change, 'issuer');
    }
}
