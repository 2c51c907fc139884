<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Support\Input;

/**
 * What a provider gave ends when the provider says so, or is not asked for too long.
 */
final class RevocationTest extends RevocationTestCase
{
    /**
     * Fault S10: an administrator by the mapping kept the role by logging in another way.
     */
    public function test_fault_s10_what_the_issuer_has_not_confirmed_for_long_ends_at_any_login(): void
    {
        $user = $this->granted(['administrator', 'editor'], ['old' => 31, 'other' => 29], [['administrator', 'editor'], ['editor']]);
        add_filter('send_auth_cookies', '__return_false');

        $this->store(['grant_days' => '0'] + self::SETTINGS);
        self::assertSame($user->ID, wp_signon(['user_login' => $user->user_login, 'user_password' => 'right password'])->ID);
        self::assertSame(['administrator', 'editor'], self::roles($user), '0 means never');

        $this->store(self::SETTINGS);
        wp_signon(['user_login' => $user->user_login, 'user_password' => 'right password']);
        self::assertSame(['editor'], self::roles($user));
        self::assertSame([[], ['editor']], [Granted::roles($user->ID)->of('old'), Granted::roles($user->ID)->of('other')]);

        $this->store(['grant_days' => '28'] + self::SETTINGS);
        wp_signon(['user_login' => $user->user_login, 'user_password' => 'right password']);
        self::assertSame([get_option('default_role')], self::roles($user), 'nobody who had a role ends without one');
    }

    /**
     * Fault S10: the default role, which took the place of the last mapped one, stayed when a mapped role returned.
     */
    public function test_fault_s10_a_substitute_goes_when_a_mapped_role_returns(): void
    {
        $identity = self::identity();
        $default = Input::to_string(get_option('default_role'));
        $user = $this->granted(['editor'], [$identity->issuer_hash => 31], [['editor']]);
        IdentityRow::take($identity, $user->ID);
        $this->store(self::SETTINGS);
        add_action('remove_user_role', static fn(int $_, string $role) => self::assertNotSame($default, $role), 10, 2);

        for ($login = 0; $login < 2; $login++) {
            do_action('wp_login', $user->user_login, $user);
            (new Handler())->revoke_access(new RevokeAccess($identity, false));
            self::assertSame([$default], self::roles($user));
            self::assertSame([$default], AccountFacts::of($user->ID, $identity->issuer_hash)->granted_roles);
        }

        remove_all_actions('remove_user_role');
        $returned = new RoleChange(['editor'], [$default], ['editor']);
        Roles::take_back(new \WP_User($user->ID), $returned, $identity->issuer_hash);
        Roles::give(new \WP_User($user->ID), $returned, $identity->issuer_hash);
        self::assertSame(['editor'], self::roles($user));
    }

    public function test_a_role_that_was_given_by_hand_stays(): void
    {
        $user = $this->granted(['editor', 'author'], ['old' => 31], [['editor']]);
        $this->store(self::SETTINGS);

        do_action('wp_login', $user->user_login, $user);

        self::assertSame(['author'], self::roles($user));
    }

    public function test_the_last_administrator_stays_one_and_is_tried_again(): void
    {
        $user = $this->granted(['administrator'], ['old' => 31], [['administrator']]);
        (new \WP_User(self::FIRST))->set_role('editor');
        $this->store(self::SETTINGS);

        do_action('wp_login', $user->user_login, $user);
        self::assertSame(['administrator'], self::roles($user));

        $this->user('second', 'administrator');
        do_action('wp_login', $user->user_login, $user);
        self::assertSame([get_option('default_role')], self::roles($user));
    }
}
