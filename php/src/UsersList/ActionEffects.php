<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\UserIdentities;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\LastMethod;
use LogtoSignIn\Providers\Issuer;
use LogtoSignIn\Support\Input;

/**
 * What an action on users means for each of them.
 */
final class ActionEffects
{
    /**
     * @param array<int> $user_ids
     *
     * @return array<int, array{user: \WP_User, words: string}> Those whom it concerns, and whom the admin may do it to.
     */
    public static function of(string $action, array $user_ids): array
    {
        // One query for all, and one for their meta; a network's users are of any site.
        $users = $user_ids === [] ? [] : get_users(['include' => $user_ids, 'blog_id' => 0, 'orderby' => 'login']);
        $lines = [];
        foreach (array_filter($users, static fn(mixed $user): bool => $user instanceof \WP_User) as $user) {
            $words = $action === Actions::APPROVE ? self::approval($user) : self::unlinking($user);
            if ($words !== '') {
                $lines[$user->ID] = ['user' => $user, 'words' => $words];
            }
        }

        return $lines;
    }

    private static function approval(\WP_User $user): string
    {
        $roles = Approval::is_pending($user->ID) && Approval::may($user->ID) ? Approval::roles($user) : [];
        $names = wp_roles()->get_names();

        return implode(', ', array_map(static fn(string $role): string => translate_user_role(Input::string($names, $role, $role)), $roles));
    }

    private static function unlinking(\WP_User $user): string
    {
        $issuers = array_column(UserIdentities::of_user($user->ID), 'issuer');
        if ($issuers === [] || !AdminLink::may($user->ID)) {
            return '';
        }

        $names = array_map(static fn(mixed $issuer): string => Issuer::name(Input::to_string($issuer)), $issuers);

        return trim(implode(', ', array_unique($names)) . '. ' . LastMethod::words($user));
    }
}
