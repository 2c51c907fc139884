<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\GrantsByIssuer;
use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Protocol\Effect\RevokeAccess;

/**
 * Roles and memberships of a network, when the provider takes its word back.
 */
final class NetworkRevocationTest extends RevocationTestCase
{
    private const SECOND = 2;
    private const THIRD = 3;

    /**
     * Fault S10: whoever left the organization of a site was refused there, and stayed a member of it.
     *
     * @group network
     */
    public function test_fault_s10_a_membership_ends_on_the_site_that_refuses_and_nowhere_else(): void
    {
        $user = $this->user();
        $identity = self::identity();
        IdentityRow::take($identity, $user->ID);
        foreach ([self::SECOND, self::THIRD] as $site) {
            add_user_to_blog($site, $user->ID, 'author');
        }

        Granted::keep_memberships($user->ID, Granted::memberships($user->ID)->confirm($identity->issuer_hash, ['2', '3']));
        $session = \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
        switch_to_blog(self::SECOND);
        try {
            (new Handler())->revoke_access(new RevokeAccess($identity, true));
        } finally {
            restore_current_blog();
        }

        self::assertSame([1, self::THIRD], AccountFacts::sites($user->ID));
        self::assertSame(['3'], Granted::memberships($user->ID)->of($identity->issuer_hash));
        self::assertTrue(\WP_Session_Tokens::get_instance($user->ID)->verify($session));
        self::assertFalse(RevokedIssuers::exist($user->ID));
    }

    /**
     * @group network
     */
    public function test_fault_s10_roles_and_memberships_end_on_every_site(): void
    {
        $identity = self::identity();
        $user = $this->granted(['editor'], [$identity->issuer_hash => 31], [['editor']]);
        IdentityRow::take($identity, $user->ID);
        foreach ([self::SECOND => 'editor', self::THIRD => 'author'] as $site => $role) {
            add_user_to_blog($site, $user->ID, $role);
        }

        $roles = get_user_meta($user->ID, 'logto_sign_in_granted_roles', true);
        update_user_meta($user->ID, 'logto_sign_in_granted_roles', $roles + [self::SECOND => $roles[get_current_blog_id()], 4_000 => $roles[get_current_blog_id()]]);
        $memberships = [$identity->issuer_hash => ['given' => ['3', '4000'], 'confirmed' => time() - 31 * DAY_IN_SECONDS]];
        Granted::keep_memberships($user->ID, GrantsByIssuer::read($memberships));
        $this->store(self::SETTINGS);

        do_action('wp_login', $user->user_login, $user);

        self::assertSame([1, self::SECOND], AccountFacts::sites($user->ID));
        self::assertSame([[get_option('default_role')], ['subscriber']], [self::roles($user), array_values((new \WP_User($user->ID, '', self::SECOND))->roles)]);
        self::assertSame([], Granted::memberships($user->ID)->of($identity->issuer_hash));
        self::assertSame([1, false], [get_current_blog_id(), ms_is_switched()]);
    }
}
