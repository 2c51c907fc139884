<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\LastMethod;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * What an action on users means for each of them.
 */
final class Consequences
{
    /**
     * @param array<int> $user_ids
     *
     * @return array<int, array{user: \WP_User, message: string}> Those whom it concerns, and whom the admin may do it to.
     */
    public static function of(string $action, array $user_ids): array
    {
        // One query for all, and one for their meta; a network's users are of any site.
        $users = $user_ids === [] ? [] : get_users(['include' => $user_ids, 'blog_id' => 0, 'orderby' => 'login']);
        $lines = [];
        foreach (array_filter($users, static fn(mixed $user): bool => $user instanceof \WP_User) as $user) {
            $message = $action === Actions::APPROVE ? self::approval($user) : self::unlinking($user);
            if ($message !== '') {
                $lines[$user->ID] = ['user' => $user, 'message' => $message];
            }
        }

        return $lines;
    }

    private static function approval(\WP_User $user): string
    {
        $roles = UserMeta::is_pending($user->ID) && Approval::current_user_can_approve($user->ID) ? Approval::roles($user) : [];
        $names = wp_roles()->get_names();

        return implode(', ', array_map(static fn(string $role): string => translate_user_role(Input::string($names, $role, $role)), $roles));
    }

    private static function unlinking(\WP_User $user): string
    {
        $issuers = array_column(Identities::of_user($user->ID), 'issuer');
        if ($issuers === [] || !AdminLink::current_user_can_change($user->ID)) {
            return '';
        }

        $names = array_map(static fn(mixed $issuer): string => Provider::describe(Input::to_string($issuer)), $issuers);

        $warning = LastMethod::message($user);

        return implode(', ', array_unique($names)) . ($warning === '' ? '' : ' – ' . $warning);
    }
}
