<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Linking\Reauthentication;
use LogtoSignIn\Linking\SessionProof;
use LogtoSignIn\Tests\TestCase;

/**
 * What shows that the owner of an account is at the keyboard.
 */
final class ReauthenticationTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        SessionProof::note(null);
    }

    public function test_a_password_that_is_older_than_the_session_is_a_proof(): void
    {
        $user = $this->user();
        self::log_in($user);

        self::assertTrue(Reauthentication::is_given($user, 'right password'));
        self::assertFalse(Reauthentication::is_given($user, 'wrong password'));
        self::assertFalse(Reauthentication::is_given($user, ''));
    }

    /**
     * Whoever set the plugin up had to log in once more, since the session was older than the plugin.
     */
    public function test_a_session_in_which_the_plugin_is_activated_counts_from_its_login(): void
    {
        foreach (['administrator' => true, 'editor' => false] as $role => $may_install) {
            $user = $this->user('a-' . $role, $role);
            is_multisite() && $may_install && grant_super_admin($user->ID);
            self::log_in($user, ['login' => time() - 60]);
            self::forget($user, SessionProof::PROVEN_AT, SessionProof::PASSWORD);
            self::assertFalse(Reauthentication::is_recent($user));

            SessionProof::adopt();

            self::assertSame($may_install, Reauthentication::is_recent($user));
            self::assertSame($may_install, Reauthentication::is_given($user, 'right password'));
        }
    }

    public function test_activating_the_plugin_again_makes_no_session_younger(): void
    {
        $user = $this->admin();
        self::log_in($user, ['login' => time(), SessionProof::PROVEN_AT => time() - 3600]);

        SessionProof::adopt();

        self::assertFalse(Reauthentication::is_recent($user));
    }

    public function test_without_a_session_nothing_is_a_proof(): void
    {
        $user = $this->user();
        wp_set_current_user($user->ID);

        self::assertFalse(Reauthentication::is_given($user, 'right password'));
    }

    public function test_a_password_with_a_quote_is_compared_as_wordpress_stores_it(): void
    {
        $user = $this->user();
        wp_set_password(wp_slash("it's"), $user->ID);
        $user = new \WP_User($user->ID);
        self::log_in($user);

        self::assertTrue(Reauthentication::is_given($user, "it's"));
    }

    /**
     * Fault S6: a session left open could set a password, which WordPress asks no proof for, and give it as the proof.
     */
    public function test_fault_s6_a_password_set_in_this_session_proves_nothing(): void
    {
        $user = $this->user();
        self::log_in($user, ['login' => time() - 3600, SessionProof::PROVEN_AT => time() - 3600]);
        $proven_at = SessionProof::proven_at($user->ID);

        // As the profile page does it: WordPress makes a new session for the user who is signed in.
        $new = null;
        add_action('set_logged_in_cookie', static function (string $cookie) use (&$new): void {
            $new = $cookie;
        });
        add_filter('send_auth_cookies', '__return_false', 99);
        wp_update_user(['ID' => $user->ID, 'user_pass' => 'set in an open session']);
        self::assertIsString($new);
        $_COOKIE[LOGGED_IN_COOKIE] = $new;
        $user = new \WP_User($user->ID);

        self::assertFalse(Reauthentication::is_given($user, 'set in an open session'));
        self::assertSame($proven_at, SessionProof::proven_at($user->ID), 'the new session is no proof either');

        // Whoever knows the new password and logs in with it has given it.
        SessionProof::note($user);
        self::log_in($user);
        self::assertTrue(Reauthentication::is_given($user, 'set in an open session'));
    }

    /**
     * Fault S6: opening the login page with a session gives another session, as if somebody had logged in.
     */
    public function test_fault_s6_a_session_from_a_session_is_no_younger(): void
    {
        $user = $this->user();
        self::log_in($user, [SessionProof::PROVEN_AT => 1_000]);

        $marked = SessionProof::mark([], $user->ID);
        self::assertSame(1_000, $marked[SessionProof::PROVEN_AT]);
        self::assertArrayNotHasKey(SessionProof::PROVEN_AT, self::mark_without_memory($user), 'a session of an older version knows nothing');

        SessionProof::note(new \WP_Error('failed'));
        self::assertSame(1_000, SessionProof::mark([], $user->ID)[SessionProof::PROVEN_AT]);
        SessionProof::note($user);
        self::assertGreaterThan(1_000, SessionProof::mark([], $user->ID)[SessionProof::PROVEN_AT]);
    }

    public function test_a_recent_sign_in_at_a_connected_provider_is_a_proof(): void
    {
        $user = new \WP_User(NewUser::create(self::create_user())->user_id);
        $hash = self::identity()->issuer_hash;

        self::log_in($user, [Sessions::ISSUER_KEY => $hash]);
        self::assertTrue(Reauthentication::is_given($user, ''));
        self::log_in($user, [Sessions::ISSUER_KEY => hash('sha256', 'https://other.example')]);
        self::assertFalse(Reauthentication::is_given($user, ''), 'another provider');
        self::log_in($user);
        self::assertFalse(Reauthentication::is_given($user, ''), 'no provider');
        self::log_in($user, [Sessions::ISSUER_KEY => $hash, SessionProof::PROVEN_AT => time() - 400]);
        self::assertFalse(Reauthentication::is_given($user, ''), 'too long ago');

        $known = $this->user();
        Identities::link(self::identity('known'), $known->ID);
        self::log_in($known, [Sessions::ISSUER_KEY => $hash]);
        self::assertTrue(Reauthentication::is_given($known, ''), 'instead of a password too');
    }

    /**
     * A session that began before the plugin was there.
     */
    private static function forget(\WP_User $user, string ...$keys): void
    {
        $sessions = \WP_Session_Tokens::get_instance($user->ID);
        $token = wp_get_session_token();
        $sessions->update($token, array_diff_key((array) $sessions->get($token), array_flip($keys)));
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function mark_without_memory(\WP_User $user): array
    {
        $sessions = \WP_Session_Tokens::get_instance($user->ID);
        $token = $sessions->create(time() + 600);
        $sessions->update($token, ['expiration' => time() + 600, 'login' => time()]);
        $_COOKIE[LOGGED_IN_COOKIE] = wp_generate_auth_cookie($user->ID, time() + 600, 'logged_in', $token);
        $marked = SessionProof::mark([], $user->ID);
        self::log_in($user, [SessionProof::PROVEN_AT => 1_000]);

        return $marked;
    }
}
