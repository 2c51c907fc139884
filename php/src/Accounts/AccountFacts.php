<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Answer;
use LogtoSignIn\Protocol\Answer\EmailMatch;
use LogtoSignIn\Protocol\Identity;

/**
 * What the core has to know about a user whom an identity belongs to.
 */
final class AccountFacts
{
    /**
     * Of the user whom an identity belongs to, if there is one.
     *
     * @param string $issuer_hash The issuer of that identity.
     */
    public static function of(null|int $user_id, string $issuer_hash): Answer\AccountFacts
    {
        $user = $user_id === null ? false : get_userdata($user_id);
        if ($user === false) {
            return new Answer\AccountFacts(null);
        }

        $roles = Granted::roles($user->ID);
        $memberships = Granted::memberships($user->ID);

        return new Answer\AccountFacts(
            $user->ID,
            UserMeta::is_pending($user->ID),
            array_values($user->roles),
            $roles->of($issuer_hash),
            $roles->of_others($issuer_hash),
            Administrators::is_last($user),
            is_multisite() ? self::sites($user->ID) : [],
            array_map(intval(...), $memberships->of($issuer_hash)),
            array_map(intval(...), $memberships->of_others($issuer_hash)),
        );
    }

    /**
     * The user of an email address, if there is one.
     *
     * @param Identity $identity Other identities of its issuer count as linked.
     */
    public static function email_match(string $email, Identity $identity): EmailMatch
    {
        return self::match(get_user_by('email', $email), $identity);
    }

    /**
     * What the core has to know of a user before an identity may be connected to the account.
     */
    public static function match(false|\WP_User $user, Identity $identity): EmailMatch
    {
        return $user === false
            ? new EmailMatch(null, false, false)
            : new EmailMatch($user->ID, Administrators::is_privileged($user), Identities::has_other($user->ID, $identity));
    }

    /**
     * Numbers of the sites of the network that a user is a member of.
     *
     * @return list<int>
     */
    public static function sites(int $user_id): array
    {
        return array_values(array_map(intval(...), array_keys(get_blogs_of_user($user_id, true))));
    }
}
