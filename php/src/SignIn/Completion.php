<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\Memberships;
use LogtoSignIn\Accounts\Profile;
use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\Roles;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Accounts\VisitorClaims;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * What is left to do once WordPress has let a user in: to give what the provider gives, and to write the profile.
 *
 * Another plugin may end the request before that, and begin the session in a later one: a second factor does. Then the
 * sign-in is unfinished. It is kept with the user for a quarter of an hour, and completed by the first request with a
 * session that began after it, in the same browser. Until then, nothing of it holds: a code by mail still goes to the
 * address that the account had.
 */
final class Completion
{
    private function __construct(
        private readonly Unfinished $unfinished,
    ) {
    }

    /**
     * Before WordPress decides: afterwards, another plugin may have sent a page, and its session is no older than this.
     *
     * @param int $tries How many codes of a second factor were wrong before.
     */
    public static function prepare(SignedIn $outcome, Provider $provider, int $tries = 0): self
    {
        $secret = wp_generate_password(43, false);
        Unfinished::set_cookie($secret, Unfinished::LIFETIME_SECS);

        return new self(new Unfinished($outcome, $provider, get_current_blog_id(), time(), hash('sha256', $secret), $tries));
    }

    /**
     * Another plugin ended the request: keeps what is left to do. The newest sign-in of a user counts.
     */
    public function postpone(): void
    {
        update_user_meta($this->unfinished->outcome->user_id, UserMeta::UNFINISHED, wp_slash((string) wp_json_encode($this->unfinished)));
    }

    /**
     * WordPress refused, or let the user in without another step.
     */
    public static function drop(int $user_id): void
    {
        if (UserMeta::text($user_id, UserMeta::UNFINISHED) !== '') {
            delete_user_meta($user_id, UserMeta::UNFINISHED);
        }
    }

    /**
     * WordPress let the user in.
     */
    public static function finish(\WP_User $user, SignedIn $outcome): void
    {
        if ($outcome->roles !== null) {
            Roles::give($user, $outcome->roles, $outcome->issuer_hash);
        }

        if ($outcome->sites !== null) {
            Memberships::give($user->ID, $outcome->sites, $outcome->issuer_hash);
        }

        if ($outcome->profile !== null) {
            Profile::update($user, $outcome->profile);
        }

        RevokedIssuers::remove($user->ID, $outcome->issuer_hash);
        Identities::signed_in($user->ID, $outcome->issuer_hash);
        Recorder::signed_in($user->ID, $outcome->issuer_hash);

        /**
         * A visitor signed in through Logto.
         *
         * @since 0.1.0
         *
         * @param \WP_User $user        The user.
         * @param string   $issuer_hash SHA-256 of the issuer.
         */
        do_action('logto_sign_in_signed_in', $user, $outcome->issuer_hash);
        VisitorClaims::tell($user, $outcome);
    }

    /**
     * The sign-in of a user that waits for a code in this browser.
     */
    public static function waiting(int $user_id): null|Unfinished
    {
        $unfinished = Unfinished::read(UserMeta::text($user_id, UserMeta::UNFINISHED));

        return $unfinished === null || $unfinished->ended || $unfinished->is_expired() || !$unfinished->is_here() ? null : $unfinished;
    }

    /**
     * Action `init`, when the user who is logged in has an unfinished sign-in.
     */
    public static function resume(\WP_User $user): void
    {
        $stored = UserMeta::text($user->ID, UserMeta::UNFINISHED);
        $unfinished = Unfinished::read($stored);
        if ($unfinished === null || $unfinished->is_expired()) {
            self::drop($user->ID);

            return;
        }

        $token = wp_get_session_token();
        // Of two requests at once, one removes it and goes on.
        if (!self::may_resume($unfinished, $user, $token) || !delete_user_meta($user->ID, UserMeta::UNFINISHED, wp_slash($stored))) {
            return;
        }

        Unfinished::set_cookie('', 0);
        if ($unfinished->ended) {
            // The provider ended its session while another plugin waited for the second factor.
            Log::write('sessions_ended', 'user ' . $user->ID . ' passed a second factor after the provider had ended the session');
            \WP_Session_Tokens::get_instance($user->ID)->destroy($token);
            wp_set_current_user(0);

            return;
        }

        Sessions::mark($user->ID, $token, $unfinished->outcome->issuer_hash, $unfinished->provider->value, $unfinished->outcome->session);
        self::finish($user, $unfinished->outcome);
    }

    private static function may_resume(Unfinished $unfinished, \WP_User $user, string $token): bool
    {
        $session = Input::to_map(\WP_Session_Tokens::get_instance($user->ID)->get($token));
        $is_later = Input::int($session, 'login') >= $unfinished->began;
        if (!$is_later || !$unfinished->is_here()) {
            return false;
        }

        /**
         * Filters whether a sign-in that another plugin interrupted is complete. A plugin that asks for a second factor
         * within a session returns false until the user has passed it.
         *
         * @since 0.2.0
         *
         * @param bool     $complete Whether WordPress has let the user in for good.
         * @param \WP_User $user     The user.
         * @param array    $session  The session, as WordPress keeps it.
         */
        return apply_filters('logto_sign_in_is_complete', true, $user, $session) === true;
    }
}
