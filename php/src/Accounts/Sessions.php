<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\ProviderSession;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;

/**
 * WordPress's sessions, as far as a provider began them.
 */
final class Sessions
{
    /** Key in a session: the issuer's hash, where the session began at a provider. */
    public const ISSUER_KEY = 'logto_sign_in';

    /** Beside it: the provider. */
    public const PROVIDER_KEY = 'logto_sign_in_provider';

    /** Beside them: the provider's session, as a hash, where the provider names one. */
    public const SID_KEY = 'logto_sign_in_sid';

    /**
     * The provider where the session began from which somebody switched to this one. It proves nothing about the user of
     * this session; it only tells whose session a sign-out ends.
     */
    public const SWITCHED_KEY = 'logto_sign_in_switched';

    /** Where earlier versions kept the provider. */
    private const OLD_PROVIDER_KEY = 'logto_sign_in_connector';

    /** The user meta in which WordPress keeps sessions by the hash of their token. */
    private const META = 'session_tokens';

    /**
     * The lock of whoever writes a user's sessions: WordPress keeps all of them in one value.
     */
    public static function lock(int $user_id): string
    {
        return 'sessions_' . $user_id;
    }

    /**
     * What a session holds that began at a provider.
     *
     * @return array<string, mixed>
     */
    public static function marks(string $issuer_hash, string $provider, null|ProviderSession $session = null): array
    {
        return [self::ISSUER_KEY => $issuer_hash, self::PROVIDER_KEY => $provider] + ProviderSessions::marks($session);
    }

    /**
     * Notes where a session began.
     */
    public static function mark(int $user_id, string $token, string $issuer_hash, string $provider, null|ProviderSession $provider_session = null): void
    {
        $manager = \WP_Session_Tokens::get_instance($user_id);
        $session = $manager->get($token);
        if (is_array($session)) {
            $manager->update($token, self::marks($issuer_hash, $provider, $provider_session) + $session);
        }

        ProviderSessions::note($user_id, $provider_session?->sid_hash);
    }

    /**
     * The provider where a session began. The first version noted none, and knew Logto alone.
     *
     * @param array<array-key, mixed> $session
     */
    public static function provider(array $session): Provider
    {
        $name = Input::string($session, self::PROVIDER_KEY, Input::string($session, self::OLD_PROVIDER_KEY));

        return Provider::tryFrom($name) ?? Provider::Logto;
    }

    /**
     * The provider at which the end of a session signs out; null for a session that has nothing to do with one.
     *
     * @param array<array-key, mixed> $session
     */
    public static function signs_out_at(array $session): null|Provider
    {
        $own = Input::string($session, self::ISSUER_KEY) === '' ? null : self::provider($session);
        $switched = Provider::tryFrom(Input::string($session, self::SWITCHED_KEY));

        return $own === Provider::Logto ? $own : $switched ?? $own;
    }

    /**
     * Filter `attach_session_information`: who is signed in and gets a session of another user switches to it.
     *
     * @param array<array-key, mixed> $session
     *
     * @return array<array-key, mixed>
     */
    public static function carry(array $session, mixed $user_id = 0): array
    {
        $current = get_current_user_id();
        if ($current === 0 || $current === Input::to_int($user_id)) {
            return $session;
        }

        $provider = self::signs_out_at(Input::to_map(\WP_Session_Tokens::get_instance($current)->get(wp_get_session_token())));

        return $provider === null ? $session : [self::SWITCHED_KEY => $provider->value] + $session;
    }

    /**
     * Ends the sessions that began at an issuer: all, or the one with this `sid` and those of which none is known.
     *
     * @return int How many ended.
     */
    public static function end(int $user_id, string $issuer_hash, null|string $sid_hash = null): int
    {
        $manager = \WP_Session_Tokens::get_instance($user_id);
        $is_other = static function (mixed $session) use ($issuer_hash, $sid_hash): bool {
            $sid = Input::string(Input::to_map($session), self::SID_KEY);

            return Input::string(Input::to_map($session), self::ISSUER_KEY) !== $issuer_hash || $sid_hash !== null && $sid !== '' && $sid !== $sid_hash;
        };
        $all = $manager->get_all();
        $ended = count($all) - count(array_filter($all, $is_other));
        if ($ended === 0) {
            return 0;
        }

        if ($manager::class !== \WP_User_Meta_Session_Tokens::class) {
            // Another plugin keeps the sessions, and tells nobody which token has which.
            $manager->destroy_all();

            return count($all);
        }

        $end = static function () use ($user_id, $is_other): void {
            wp_cache_delete($user_id, 'user_meta');
            update_user_meta($user_id, self::META, array_filter(Input::to_map(get_user_meta($user_id, self::META, true)), $is_other));
        };
        Lock::hold(self::lock($user_id), $end, $end);

        return $ended;
    }
}
