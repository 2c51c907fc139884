<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\Memberships;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Protocol\SiteChange;
use LogtoSignIn\Tests\TestCase;

/**
 * Which sites of the network somebody is a member of.
 */
final class MembershipsTest extends TestCase
{
    private const SECOND = 2;
    private const THIRD = 3;

    /** The network's own administrator, and that of every site. */
    private const FIRST = 1;

    protected function tearDown(): void
    {
        if (is_multisite()) {
            add_user_to_blog(self::SECOND, self::FIRST, 'administrator');
            update_blog_option(self::THIRD, 'default_role', 'subscriber');
        }

        parent::tearDown();
    }

    public function test_without_a_network_nobody_joins_or_leaves(): void
    {
        $user = $this->user('visitor', 'author');
        $change = new SiteChange([4_000], [], [4_000]);
        self::change($user->ID, $change);
        self::assertSame([], self::granted($user));
        self::assertSame(['author'], (new \WP_User($user->ID))->roles);
    }

    /**
     * @group network
     */
    public function test_who_joins_gets_the_default_role_of_that_site(): void
    {
        $user = $this->user();
        update_blog_option(self::THIRD, 'default_role', 'contributor');
        self::change($user->ID, new SiteChange([self::SECOND, self::THIRD], [], [self::SECOND, self::THIRD]));
        self::assertEqualsCanonicalizing([1, self::SECOND, self::THIRD], AccountFacts::sites($user->ID));
        self::assertSame([['subscriber'], ['contributor']], [self::roles($user, self::SECOND), self::roles($user, self::THIRD)]);
        self::assertSame([self::SECOND, self::THIRD], self::granted($user));
        self::assertSame([self::SECOND, self::THIRD], AccountFacts::of($user->ID, 'issuer')->granted_sites);
    }

    /**
     * @group network
     */
    public function test_who_leaves_has_nothing_there_any_more(): void
    {
        $user = $this->user();
        self::change($user->ID, new SiteChange([self::SECOND], [], [self::SECOND]));
        self::change($user->ID, new SiteChange([], [self::SECOND], []));
        self::assertSame([1], AccountFacts::sites($user->ID));
        self::assertSame([[], []], [self::roles($user, self::SECOND), self::granted($user)]);
        self::assertNotFalse(get_userdata($user->ID), 'the account itself stays');
    }

    /**
     * @group network
     */
    public function test_a_membership_given_by_hand_stays(): void
    {
        $user = $this->user();
        add_user_to_blog(self::SECOND, $user->ID, 'editor');
        // The admin was faster than the sign-in that wanted to give the same.
        self::change($user->ID, new SiteChange([self::SECOND], [], [self::SECOND]));
        self::assertSame(['editor'], self::roles($user, self::SECOND), 'the role stays as it was');
        self::assertSame([], self::granted($user), 'it is no gift of the mapping');
    }

    /**
     * @group network
     */
    public function test_the_last_administrator_of_a_site_stays_on_it(): void
    {
        $user = $this->user();
        add_user_to_blog(self::SECOND, $user->ID, 'administrator');
        Granted::keep_memberships($user->ID, Granted::memberships($user->ID)->confirm('issuer', [(string) self::SECOND]));
        remove_user_from_blog(self::FIRST, self::SECOND);
        $leave = new SiteChange([], [self::SECOND], []);
        self::change($user->ID, $leave);
        self::assertSame(['administrator'], self::roles($user, self::SECOND));
        self::assertSame([self::SECOND], self::granted($user), 'tried again at the next sign-in');

        add_user_to_blog(self::SECOND, self::FIRST, 'administrator');
        self::change($user->ID, $leave);
        self::assertSame([[], []], [self::roles($user, self::SECOND), self::granted($user)]);
        self::assertSame([1, false], [get_current_blog_id(), ms_is_switched()]);
    }

    /**
     * @group network
     */
    public function test_a_site_that_does_not_exist_is_passed_over(): void
    {
        $user = $this->user();
        self::change($user->ID, new SiteChange([4_000], [4_001], [4_000]));
        self::assertSame([[1], []], [AccountFacts::sites($user->ID), self::granted($user)]);
    }

    /**
     * @group network
     */
    public function test_a_role_on_this_site_makes_a_member(): void
    {
        $user = $this->user();
        switch_to_blog(self::THIRD);
        try {
            $there = new \WP_User($user->ID);
            Roles::give($there, new RoleChange(['author', 'editor'], [], ['author']), 'issuer');
            self::assertSame(['author'], Granted::roles($user->ID)->of('issuer'));
        } finally {
            restore_current_blog();
        }

        self::assertContains(self::THIRD, AccountFacts::sites($user->ID));
        self::assertSame(['author', 'editor'], self::roles($user, self::THIRD));
        self::assertSame([], Granted::roles($user->ID)->of('issuer'));
    }

    /**
     * Fault S3: memberships were given before WordPress had decided about the sign-in.
     *
     * @group network
     */
    public function test_fault_s3_who_joins_joins_later_and_who_leaves_leaves_first(): void
    {
        $user = $this->user();
        self::change($user->ID, new SiteChange([self::SECOND], [], [self::SECOND]));
        $change = new SiteChange([self::THIRD], [self::SECOND], [self::THIRD]);

        Memberships::take_back($user->ID, $change, 'issuer');
        self::assertSame([[1], []], [AccountFacts::sites($user->ID), self::granted($user)]);

        Memberships::give($user->ID, $change, 'issuer');
        self::assertSame([[1, self::THIRD], [self::THIRD]], [AccountFacts::sites($user->ID), self::granted($user)]);
    }

    /**
     * A sign-in that nothing interrupts.
     */
    private static function change(int $user_id, SiteChange $change): void
    {
        Memberships::take_back($user_id, $change, 'issuer');
        Memberships::give($user_id, $change, 'issuer');
    }

    /**
     * @return list<int>
     */
    private static function granted(\WP_User $user): array
    {
        return array_map('intval', Granted::memberships($user->ID)->of('issuer'));
    }

    /**
     * @return list<string>
     */
    private static function roles(\WP_User $user, int $site): array
    {
        return array_values((new \WP_User($user->ID, '', $site))->roles);
    }
}
