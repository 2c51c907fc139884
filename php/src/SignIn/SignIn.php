<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\ProviderSessions;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Accounts\VisitorClaims;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\ProviderSession;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * Signs a verified visitor in the way WordPress does it, so that whatever guards or watches sign-ins takes part.
 */
final class SignIn
{
    /** Codes of a second factor that may be wrong before the visitor has to come from the provider again. */
    private const MAX_TRIES = 5;

    /**
     * @param int $tries How many codes of another plugin's second factor were wrong before.
     */
    public static function perform(SignedIn $outcome, Provider $provider, int $tries = 0): void
    {
        Response::set_cookies($outcome->cookies);
        $user = get_userdata($outcome->user_id);
        if ($user === false) {
            Log::write('sign_in_refused', 'user ' . $outcome->user_id . ' is gone');
            self::refuse(new \WP_Error('logto_user_gone', 'the user is gone'), $outcome, $provider);

            return;
        }

        if (UserMeta::is_pending($user->ID)) {
            // Before anything is written: neither a role nor a profile.
            Log::write('account_pending', 'user ' . $user->ID . ' waits for approval');
            ErrorPage::show(Client::refuse('account_pending'), user_id: $user->ID);

            return;
        }

        if (!TakeBack::perform($user, $outcome)) {
            self::refuse(new \WP_Error(StoredSession::LOST), $outcome, $provider);

            return;
        }

        // A sign-in that waited for a code has been looked at before.
        $seen = $tries > 0 ? $outcome : VisitorClaims::of_known_user($outcome);
        if ($seen instanceof \WP_Error) {
            self::refuse($seen, $outcome, $provider, Client::refuse('profile_refused', $outcome->redirect_to));

            return;
        }

        $outcome = $seen;
        $completion = Completion::prepare($outcome, $provider, $tries);
        $result = self::let_in($user, $outcome, $provider, $completion);
        if ($result instanceof \WP_Error && $tries < self::MAX_TRIES && FormGuards::code_field($result) !== '') {
            $completion->postpone();
            CodePage::show($user, $result);

            return;
        }

        Completion::drop($user->ID);
        if ($result instanceof \WP_Error) {
            self::refuse($result, $outcome, $provider);

            return;
        }

        // Whatever took part in the login may have changed the user.
        $user = new \WP_User($result->ID);
        Completion::finish($user, $outcome);
        AutoRedirect::note_sign_in();
        wp_safe_redirect(LoginRedirect::of($user, $outcome->redirect_to), 302, 'Logto Sign-In');
    }

    /**
     * Begins a session as WordPress does: other plugins may still refuse, ask for a second factor, or note it down. Nobody
     * may put another user in their place.
     */
    public static function sign_on(
        \WP_User $user,
        bool $remember,
        string $issuer_hash,
        Provider $provider = Provider::Logto,
        null|ProviderSession $session = null,
    ): \WP_User|\WP_Error {
        $mark = static function (array $information) use ($user, $issuer_hash, $provider, $session): array {
            // Here, since another plugin may end the request once the session exists.
            ProviderSessions::note($user->ID, $session?->sid_hash);

            return Sessions::marks($issuer_hash, $provider->value, $session) + $information;
        };
        $sign_on = static function () use ($user, $remember): \WP_User|\WP_Error {
            // WordPress keeps all sessions of a user in one value: what this request read of it earlier may be old.
            wp_cache_delete($user->ID, 'user_meta');

            return SessionLength::during(static fn(): \WP_User|\WP_Error => StoredSession::during(static fn(): \WP_User|\WP_Error => Guards::sign_on($user, $remember)));
        };

        add_filter('attach_session_information', $mark);
        try {
            // Of two that begin at once, one would otherwise be lost. Rather that than nobody signed in.
            return Lock::hold(Sessions::lock($user->ID), $sign_on, $sign_on);
        } finally {
            remove_filter('attach_session_information', $mark);
        }
    }

    /**
     * WordPress decides. A plugin that shows a page of its own meanwhile finds the request as wp-login.php has it, so that
     * the destination and “Remember Me” outlast a second factor.
     */
    private static function let_in(\WP_User $user, SignedIn $outcome, Provider $provider, Completion $completion): \WP_User|\WP_Error
    {
        $postpone = [$completion, 'postpone'];
        // Before WordPress sends what was printed: the next request must find it.
        add_action('shutdown', $postpone, 0);
        try {
            return Request::with(
                ['redirect_to' => $outcome->redirect_to, 'rememberme' => $outcome->remember ? 'forever' : ''],
                static fn(): \WP_User|\WP_Error => self::sign_on($user, $outcome->remember, $outcome->issuer_hash, $provider, $outcome->session),
            );
        } finally {
            remove_action('shutdown', $postpone, 0);
        }
    }

    private static function refuse(\WP_Error $error, SignedIn $outcome, Provider $provider, null|Refused $refused = null): void
    {
        $message = implode(' ', array_filter($error->get_error_messages(), 'is_string'));
        $explanation = str_starts_with((string) $error->get_error_code(), 'logto_') ? '' : $message;
        $refused ??= $error->get_error_code() === StoredSession::LOST
            ? Client::refuse('database_error', $outcome->redirect_to)
            : Client::refuse('sign_in_refused', $outcome->redirect_to);
        ErrorPage::show($refused, $provider, '', $explanation, $outcome->user_id);
    }
}
