<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\ProviderSession;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * Finds the user of a provider's session. A logout may name nothing but the session, and WordPress keeps sessions in one
 * value for each user: without this index, every such request would read those of all users. Each session has a row in the
 * user meta, whose name is the key; the database has an index of the names.
 */
final class ProviderSessions
{
    private const PREFIX = 'logto_sign_in_sid_';

    /**
     * What the session keeps of it.
     *
     * @return array<string, mixed>
     */
    public static function marks(null|ProviderSession $session): array
    {
        [$sid_hash, $renewal] = [$session?->sid_hash, $session?->renewal];
        $sid = $sid_hash === null ? [] : [Sessions::SID_KEY => $sid_hash];

        return $renewal === null ? $sid : $sid + Renewals::mark($renewal, get_current_blog_id());
    }

    /**
     * Notes a session that begins, and forgets those that are over.
     *
     * @param null|string $sid_hash Null when the provider names none.
     */
    public static function note(int $user_id, null|string $sid_hash): void
    {
        if ($sid_hash === null) {
            return;
        }

        $sessions = Input::to_maps(\WP_Session_Tokens::get_instance($user_id)->get_all());
        $live = array_map(static fn(array $session): string => Input::string($session, Sessions::SID_KEY), $sessions);
        foreach (self::noted($user_id) as $noted) {
            if ($noted === $sid_hash || in_array($noted, $live, true)) {
                continue;
            }

            delete_user_meta($user_id, self::PREFIX . $noted);
        }

        add_user_meta($user_id, self::PREFIX . $sid_hash, '1', true);
    }

    /**
     * The user who has, or had, this session; null when nobody had.
     */
    public static function find_user(string $sid_hash): null|int
    {
        $database = Tables::database();
        $query = "SELECT user_id FROM {$database->usermeta} WHERE meta_key = %s LIMIT 1";
        $found = $database->get_var((string) $database->prepare($query, self::PREFIX . $sid_hash));

        return is_string($found) ? (int) $found : null;
    }

    /**
     * Of every user, when the plugin is deleted.
     */
    public static function erase_all(): void
    {
        $database = Tables::database();
        $query = "DELETE FROM {$database->usermeta} WHERE meta_key LIKE %s";
        $database->query((string) $database->prepare($query, $database->esc_like(self::PREFIX) . '%'));
    }

    /**
     * @return list<string>
     */
    private static function noted(int $user_id): array
    {
        $meta = get_user_meta($user_id);
        $keys = array_filter(array_keys(is_array($meta) ? $meta : []), static fn(int|string $key): bool => str_starts_with((string) $key, self::PREFIX));

        return array_values(array_map(static fn(int|string $key): string => substr((string) $key, strlen(self::PREFIX)), $keys));
    }
}
