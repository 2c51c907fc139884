<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Claim;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\GrantsByIssuer;
use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Tests\TestCase;

/**
 * What a provider gave ends when the provider says so, or is not asked for too long.
 */
final class RevocationTest extends TestCase
{
    private const SECOND = 2;
    private const THIRD = 3;

    /** The site's own administrator. */
    private const FIRST = 1;

    protected function tearDown(): void
    {
        (new \WP_User(self::FIRST))->set_role('administrator');
        parent::tearDown();
    }

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
        Claim::take($identity, $user->ID);
        $this->store(self::SETTINGS);
        add_action('remove_user_role', static fn(int $id, string $role) => self::assertNotSame($default, $role));

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

    public function test_a_default_role_that_was_given_by_hand_is_no_substitute(): void
    {
        $identity = self::identity();
        $default = Input::to_string(get_option('default_role'));
        $user = $this->granted([$default, 'editor'], [$identity->issuer_hash => 0], [['editor']]);
        Claim::take($identity, $user->ID);

        (new Handler())->revoke_access(new RevokeAccess($identity, false));

        self::assertSame([$default], self::roles($user));
        self::assertSame([], AccountFacts::of($user->ID, $identity->issuer_hash)->granted_roles);
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

    /**
     * Fault S10: after `organization_required`, sessions, roles and application passwords stayed as they were.
     */
    public function test_fault_s10_a_refusal_ends_what_the_issuer_gave(): void
    {
        $identity = self::identity();
        $user = $this->granted(['editor', 'author'], [$identity->issuer_hash => 0, 'other' => 0], [['editor'], ['author']]);
        Claim::take($identity, $user->ID);
        $manager = \WP_Session_Tokens::get_instance($user->ID);
        [$ours, $others, $password] = [$manager->create(time() + 600), $manager->create(time() + 600), $manager->create(time() + 600)];
        Sessions::mark($user->ID, $ours, $identity->issuer_hash, 'logto');
        Sessions::mark($user->ID, $others, 'another issuer', 'dingtalk');

        $answer = (new Handler())->revoke_access(new RevokeAccess($identity, false));

        self::assertSame($user->ID, $answer->user_id);
        self::assertSame(['author'], self::roles($user));
        self::assertSame([[], ['author']], [Granted::roles($user->ID)->of($identity->issuer_hash), Granted::roles($user->ID)->of('other')]);
        self::assertSame([false, true, true], array_map($manager->verify(...), [$ours, $others, $password]));
        self::assertSame('logto_access_revoked', $this->application_password($user)->get_error_code());

        RevokedIssuers::remove($user->ID, 'another issuer');
        self::assertInstanceOf(\WP_Error::class, $this->application_password($user), 'a sign-in elsewhere changes nothing');
        RevokedIssuers::remove($user->ID, $identity->issuer_hash);
        self::assertInstanceOf(\WP_User::class, $this->application_password($user));
    }

    public function test_an_identity_that_was_unlinked_has_no_say(): void
    {
        $user = $this->user();
        Claim::take(self::identity(), $user->ID);
        RevokedIssuers::add($user->ID, self::identity()->issuer_hash);
        self::assertTrue(RevokedIssuers::exist($user->ID));

        \LogtoSignIn\Accounts\Removal::all($user->ID);

        self::assertFalse(RevokedIssuers::exist($user->ID));
    }

    public function test_an_identity_that_nobody_has_revokes_nothing(): void
    {
        self::assertNull((new Handler())->revoke_access(new RevokeAccess(self::identity('nobody'), false))->user_id);
    }

    /**
     * A session store that cannot say which token has which mark.
     */
    public function test_fault_s10_another_store_of_sessions_ends_them_all(): void
    {
        $user = $this->user();
        $store = new class ($user->ID) extends \WP_User_Meta_Session_Tokens {
            public function __construct(int $user_id)
            {
                parent::__construct($user_id);
            }
        };
        add_filter('session_token_manager', static fn(): string => $store::class);
        $manager = \WP_Session_Tokens::get_instance($user->ID);
        $token = $manager->create(time() + 600);

        Sessions::end($user->ID, 'issuer');
        self::assertTrue($manager->verify($token), 'none of them is the provider’s');

        Sessions::mark($user->ID, $token, 'issuer', 'logto');
        Sessions::end($user->ID, 'issuer');
        self::assertFalse($manager->verify($token));
    }

    /**
     * Fault S10: whoever left the organization of a site was refused there, and stayed a member of it.
     *
     * @group network
     */
    public function test_fault_s10_a_membership_ends_on_the_site_that_refuses_and_nowhere_else(): void
    {
        $user = $this->user();
        $identity = self::identity();
        Claim::take($identity, $user->ID);
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
        Claim::take($identity, $user->ID);
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

    /**
     * A user with roles on this site that mappings gave.
     *
     * @param list<string> $roles
     * @param array<string, int> $days Since each issuer confirmed what it gave.
     * @param list<list<string>> $given What each issuer gave.
     */
    private function granted(array $roles, array $days, array $given): \WP_User
    {
        $user = $this->user('granted', $roles[0]);
        array_map($user->add_role(...), array_slice($roles, 1));
        $entries = array_map(static fn(int $days, array $given): array => ['given' => $given, 'confirmed' => time() - $days * DAY_IN_SECONDS], $days, $given);
        Granted::keep_roles($user->ID, GrantsByIssuer::read(array_combine(array_keys($days), $entries)));

        return $user;
    }

    private function application_password(\WP_User $user): \WP_User|\WP_Error
    {
        [$password] = \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => wp_generate_uuid4()]);
        add_filter('application_password_is_api_request', '__return_true');
        add_filter('wp_is_application_passwords_available', '__return_true');

        return wp_authenticate_application_password(null, $user->user_login, $password);
    }

    /**
     * @return list<string>
     */
    private static function roles(\WP_User $user): array
    {
        return array_values((new \WP_User($user->ID))->roles);
    }
}
