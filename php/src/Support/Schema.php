<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The columns and keys of the tables, as WordPress's `dbDelta()` reads them.
 */
final class Schema
{
    /**
     * A subject is bytes, compared as bytes: a text column would take `abc` and `abc ` for the same one.
     * InnoDB, since the UNIQUE key makes the second of two first sign-ins wait for the first.
     * `imported` is the site whose import added the identity.
     * `event_key` has refusals of one kind within a minute counted in one row of the activity.
     *
     * @return list<string>
     */
    public static function statements(): array
    {
        $collate = Tables::database()->get_charset_collate();
        $identities = Tables::identities();
        $used_states = Tables::used_states();
        $activity = Tables::activity();

        return [
            "CREATE TABLE {$identities} (
                id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
                issuer_hash char(64) NOT NULL,
                subject varbinary(255) NOT NULL,
                user_id bigint(20) unsigned NOT NULL,
                issuer varchar(2048) NOT NULL,
                created datetime NOT NULL,
                last_sign_in datetime NULL,
                imported bigint(20) unsigned NULL,
                PRIMARY KEY  (id),
                UNIQUE KEY issuer_subject (issuer_hash,subject),
                KEY user_id (user_id),
                KEY imported (imported)
            ) ENGINE=InnoDB {$collate};",
            "CREATE TABLE {$used_states} (
                state_key varbinary(191) NOT NULL,
                expires bigint(20) unsigned NOT NULL,
                PRIMARY KEY  (state_key),
                KEY expires (expires)
            ) ENGINE=InnoDB {$collate};",
            "CREATE TABLE {$activity} (
                id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
                event_key char(32) NOT NULL,
                blog_id bigint(20) unsigned NOT NULL,
                happened bigint(20) unsigned NOT NULL,
                kind varchar(20) NOT NULL,
                code varchar(64) NOT NULL,
                provider varchar(20) NOT NULL,
                user_id bigint(20) unsigned NOT NULL,
                actor_id bigint(20) unsigned NOT NULL,
                times int(10) unsigned NOT NULL,
                cause varchar(600) NOT NULL,
                ip varchar(45) NOT NULL,
                PRIMARY KEY  (id),
                UNIQUE KEY event_key (event_key),
                KEY blog_kind (blog_id,kind,id),
                KEY blog_happened (blog_id,happened),
                KEY user_id (user_id)
            ) ENGINE=InnoDB {$collate};",
        ];
    }
}
