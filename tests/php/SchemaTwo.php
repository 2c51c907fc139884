<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Support\Tables;

/**
 * The table of used states as version 0.1 had it: schema 2, under another name.
 */
final class SchemaTwo
{
    public static function table(): string
    {
        return Tables::database()->base_prefix . 'logto_spent';
    }

    /**
     * @param string $state The one used state in it.
     */
    public static function install(string $state): void
    {
        $database = Tables::database();
        Tables::drop_used_states();
        $table = self::table();
        $database->query("CREATE TABLE {$table} (
            state_key varbinary(191) NOT NULL,
            expires bigint(20) unsigned NOT NULL,
            PRIMARY KEY  (state_key),
            KEY expires (expires)
        ) ENGINE=InnoDB");
        $database->insert($table, ['state_key' => hash('sha256', $state), 'expires' => time() + 60]);
        update_site_option('logto_sign_in_schema', '2');
    }
}
