<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;

/**
 * What the core has to know about a user whom an identity belongs to.
 */
final class AccountFacts
{
    /**
     * @return array<string, mixed> The answer `Found`.
     */
    public static function found(null|int $user_id): array
    {
        $user = $user_id === null ? false : get_userdata($user_id);
        if ($user === false) {
            return ['user_id' => null];
        }

        return [
            'user_id' => $user->ID,
            'pending' => UserMeta::is_pending($user->ID),
            'roles' => array_values($user->roles),
            'granted_roles' => Granted::roles($user->ID),
            'last_administrator' => Administrators::is_last($user),
            'sites' => is_multisite() ? self::sites($user->ID) : [],
            'granted_sites' => Granted::sites($user->ID),
        ];
    }

    /**
     * The user of an e-mail address, if there is one.
     *
     * @param array<array-key, mixed> $effect With `email` and `identity`.
     *
     * @return array<string, mixed> The answer `Candidate`.
     */
    public static function candidate(array $effect): array
    {
        $user = get_user_by('email', Input::string($effect, 'email'));
        if ($user === false) {
            return ['user_id' => null];
        }

        return [
            'user_id' => $user->ID,
            'privileged' => Administrators::is_privileged($user),
            'linked' => Identities::has_other($user->ID, Input::map($effect, 'identity')),
        ];
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
