<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\FindSamePerson;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * What Logto said about a user's account at DingTalk, kept until the user comes from DingTalk itself: a hash, a space, and
 * the Unix time. `wasm/src/account/same_person.rs` says when it counts.
 */
final class DingtalkClaim
{
    /**
     * The only user about whom it was said. Two of them would mean that it is not known whose account it is.
     */
    public static function find_user(FindSamePerson $effect): null|int
    {
        $database = Tables::database();
        $claim = ($effect->claim ?? '') . ' ';
        $identities = Tables::identities();
        $query = "SELECT DISTINCT meta.user_id, meta.meta_value FROM {$database->usermeta} meta
            JOIN {$identities} identities ON identities.user_id = meta.user_id AND identities.issuer_hash = %s
            WHERE meta.meta_key = %s AND meta.meta_value LIKE %s";
        $values = [$effect->claimed_by, UserMeta::DINGTALK, $database->esc_like($claim) . '%'];
        $users = [];
        foreach (Input::to_maps($database->get_results((string) $database->prepare($query, ...$values), ARRAY_A)) as $row) {
            $said_at = (int) substr(Input::string($row, 'meta_value'), strlen($claim));
            if ($said_at >= $effect->claimed_since) {
                $users[] = Input::int($row, 'user_id');
            }
        }

        return count($users) === 1 ? $users[0] : null;
    }
}
