<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Support\Input;

/**
 * The effect `revoke_access`: a provider no longer vouches for a user.
 */
final class RevokeAccessTest extends RevocationTestCase
{
    public function test_a_default_role_that_was_given_by_hand_is_no_substitute(): void
    {
        $identity = self::identity();
        $default = Input::to_string(get_option('default_role'));
        $user = $this->granted([$default, 'editor'], [$identity->issuer_hash => 0], [['editor']]);
        IdentityRow::take($identity, $user->ID);

        (new Handler())->revoke_access(new RevokeAccess($identity, false));

        self::assertSame([$default], self::roles($user));
        self::assertSame([], AccountFacts::of($user->ID, $identity->issuer_hash)->granted_roles);
    }

    /**
     * Fault S10: after `organization_required`, sessions, roles and application passwords stayed as they were.
     */
    public function test_fault_s10_a_refusal_ends_what_the_issuer_gave(): void
    {
        $identity = self::identity();
        $user = $this->granted(['editor', 'author'], [$identity->issuer_hash => 0, 'other' => 0], [['editor'], ['author']]);
        IdentityRow::take($identity, $user->ID);
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
        IdentityRow::take(self::identity(), $user->ID);
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

    private function application_password(\WP_User $user): \WP_User|\WP_Error
    {
        [$password] = \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => wp_generate_uuid4()]);
        add_filter('application_password_is_api_request', '__return_true');
        add_filter('wp_is_application_passwords_available', '__return_true');

        return wp_authenticate_application_password(null, $user->user_login, $password);
    }
}
