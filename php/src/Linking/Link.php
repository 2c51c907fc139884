<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * Links and unlinks sign-in methods, for the signed-in user and nobody else.
 */
final class Link
{
    public const ACTION = 'logto_sign_in_ways';

    public static function run(): void
    {
        check_admin_referer(self::ACTION);
        Response::prepare();
        $user = wp_get_current_user();
        if (Request::reads() || !$user->exists()) {
            Access::deny();
        }

        $code = self::handle($user);
        if ($code !== '') {
            wp_safe_redirect(self::url($code), 302, 'Logto Sign-In');
        }

        exit();
    }

    /**
     * The profile page, where a code is put into words.
     */
    public static function url(string $code): string
    {
        return add_query_arg('logto_ways', rawurlencode($code), admin_url('profile.php')) . '#logto-ways';
    }

    /**
     * Where another try begins, when the attempt that leads to `$redirect_to` was to link: an ordinary sign-in would make
     * an account. Empty for an ordinary sign-in.
     */
    public static function retry_url(string $redirect_to): string
    {
        return $redirect_to === self::url('linked') ? admin_url('profile.php#logto-ways') : '';
    }

    /**
     * A redirect that is no news of a connection: to the profile page, without saying that one was made.
     */
    public static function not_linked(Redirect $redirect): Redirect
    {
        $profile = self::retry_url($redirect->url);

        return $profile === '' ? $redirect : new Redirect($profile, false, $redirect->cookies);
    }

    /**
     * @return string A code for the profile page; empty when the visitor is on the way to the provider.
     */
    public static function handle(\WP_User $user): string
    {
        if (!Reauthentication::is_given($user, Request::posted('logto_password'))) {
            Log::write('proof_missing', 'user ' . $user->ID . ' did not prove to be there');

            return 'proof_missing';
        }

        $provider = Request::posted('logto_add');

        return $provider === ''
            ? self::remove($user, (int) Request::posted('logto_remove'))
            : self::add($user, Provider::tryFrom($provider) ?? Provider::Logto);
    }

    private static function add(\WP_User $user, Provider $provider): string
    {
        $outcome = (new Client())->expect(Redirect::class, Operation::Start, [
            'provider' => $provider,
            'link_to' => $user->ID,
            'redirect_to' => self::url('linked'),
            // By another name of the site, the detour would end as an ordinary sign-in.
            'canonical' => true,
            'cookies' => (object) Request::cookies(),
        ]);
        if ($outcome instanceof Refused) {
            return $outcome->code;
        }

        Response::redirect($outcome);

        return '';
    }

    private static function remove(\WP_User $user, int $id): string
    {
        $has_password = KnownPassword::exists($user);
        $issuer = Issuers::of_identity($user->ID, $id);
        $removed = Removal::one($user->ID, $id, static function (int $identities) use ($has_password): bool {
            $input = ['identities' => $identities, 'has_password' => $has_password];
            $outcome = (new Client())->expect(UnlinkDecision::class, Operation::Unlink, $input);

            return $outcome instanceof UnlinkDecision && $outcome->allowed;
        });
        if (!$removed) {
            return 'not_removed';
        }

        /**
         * A user has one sign-in method less.
         *
         * @since 0.1.0
         * @since 0.2.0 The parameter `$issuer`.
         *
         * @param int    $user_id The user.
         * @param string $issuer  Issuer of the identity; empty when the user lost all of them.
         */
        do_action('logto_sign_in_unlinked', $user->ID, $issuer);

        return 'removed';
    }
}
