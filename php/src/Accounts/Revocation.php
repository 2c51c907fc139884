<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Network;

/**
 * Takes back what a provider gave: when it no longer vouches for the user, or was not asked for too long.
 */
final class Revocation
{
    /**
     * Action `wp_login`: whatever the way to log in, grants that their issuer has not confirmed for `grant_days` end.
     */
    public static function on_login(mixed $login, mixed $user = null): void
    {
        $days = Input::int(Settings::current()->stored, 'grant_days', Input::int(Defaults::TEXTS, 'grant_days'));
        if (!$user instanceof \WP_User || $days === 0) {
            return;
        }

        $since = (int) (time() - $days * DAY_IN_SECONDS);
        self::take_back($user->ID, static fn(GrantsByIssuer $grants): array => $grants->not_confirmed_since($since));
    }

    /**
     * The issuer no longer vouches for the user: sessions that it began end, and so does what its mapping gave, on every
     * site. Until the user signs in there again, application passwords do not work either.
     */
    public static function of_everything(int $user_id, Identity $identity): void
    {
        RevokedIssuers::add($user_id, $identity->issuer_hash);
        Sessions::end($user_id, $identity->issuer_hash);
        $unknown = Provider::of_issuer($identity->issuer) === Provider::Logto ? [GrantsByIssuer::UNKNOWN_ISSUER] : [];
        self::take_back($user_id, static fn(): array => [$identity->issuer_hash, ...$unknown]);
    }

    /**
     * The user left the organization that this site belongs to.
     */
    public static function of_membership(int $user_id, Identity $identity): void
    {
        $here = get_current_blog_id();
        if (!is_multisite()) {
            return;
        }

        Memberships::leave($user_id, [$here]);
        if (!is_user_member_of_blog($user_id, $here)) {
            $issuers = [$identity->issuer_hash, GrantsByIssuer::UNKNOWN_ISSUER];
            Granted::keep_memberships($user_id, Granted::memberships($user_id)->without($issuers, [(string) $here]));
        }
    }

    /**
     * @param callable(GrantsByIssuer): list<string> $choose The issuers whose grants end.
     */
    private static function take_back(int $user_id, callable $choose): void
    {
        // A site of the network may have been deleted since.
        $exists = static fn(int $site): bool => $site === get_current_blog_id() || is_multisite() && get_site($site) !== null;
        foreach (array_filter(Granted::sites_with_roles($user_id), $exists) as $site) {
            Network::on_site($site, static fn() => self::take_roles(new \WP_User($user_id), $choose));
        }

        $grants = Granted::memberships($user_id);
        $issuers = $choose($grants);
        if (!is_multisite() || $grants->of_all($issuers) === []) {
            Granted::keep_memberships($user_id, $grants);

            return;
        }

        $sites = $grants->only_of($issuers);
        Memberships::leave($user_id, array_map(intval(...), $sites));
        $kept = array_intersect($sites, array_map(strval(...), AccountFacts::sites($user_id)));
        Granted::keep_memberships($user_id, $grants->without($issuers, array_diff($grants->of_all($issuers), $kept)));
        Log::write('grants_ended', sprintf('user %d: memberships of site %s', $user_id, implode(', ', $sites)));
    }

    /**
     * @param callable(GrantsByIssuer): list<string> $choose
     */
    private static function take_roles(\WP_User $user, callable $choose): void
    {
        $grants = Granted::roles($user->ID);
        $issuers = $choose($grants);
        $ended = $grants->only_of($issuers);
        $substitute = Roles::remove($user, $ended);
        // The last administrator keeps the role, and it is tried again at the next login. A substitute counts as given by
        // the issuer too: the core takes it back when the issuer gives another role again.
        $kept = [...array_intersect($ended, $user->roles), ...$substitute];
        $gone = array_diff($grants->of_all($issuers), $kept);
        Granted::keep_roles($user->ID, $grants->without($issuers, $gone, $substitute));
        $ended = array_diff($ended, $user->roles);
        if ($ended !== []) {
            Log::write('grants_ended', sprintf('user %d on site %d: %s', $user->ID, get_current_blog_id(), implode(', ', $ended)));
        }
    }
}
