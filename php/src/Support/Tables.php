<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The tables, one set for a whole network. The only class that knows their names.
 */
final class Tables
{
    private const SCHEMA = '4';

    private const SCHEMA_OPTION = 'logto_sign_in_schema';

    public static function database(): \wpdb
    {
        // @mago-expect lint:no-global - WordPress keeps its database there
        $database = $GLOBALS['wpdb'] ?? null;
        if (!$database instanceof \wpdb) {
            throw new \LogicException('WordPress has no database');
        }

        return $database;
    }

    public static function identities(): string
    {
        return self::database()->base_prefix . 'logto_identities';
    }

    public static function used_states(): string
    {
        return self::database()->base_prefix . 'logto_used_states';
    }

    public static function activity(): string
    {
        return self::database()->base_prefix . 'logto_activity';
    }

    /**
     * Creates or changes the tables, if another version of the plugin made them or nobody did.
     */
    public static function upgrade(): void
    {
        if (get_site_option(self::SCHEMA_OPTION) === self::SCHEMA) {
            return;
        }

        self::create();
    }

    /**
     * Creates or changes the tables, whatever the option says that there was once.
     */
    public static function create(): void
    {
        self::rename_used_states();
        require_once ABSPATH . 'wp-admin/includes/upgrade.php';
        dbDelta(Schema::statements());
        update_site_option(self::SCHEMA_OPTION, self::SCHEMA);
    }

    public static function drop_used_states(): void
    {
        self::database()->query('DROP TABLE IF EXISTS ' . self::used_states() . ', ' . self::used_states_before_3());
        delete_site_option(self::SCHEMA_OPTION);
    }

    public static function drop_identities(): void
    {
        self::database()->query('DROP TABLE IF EXISTS ' . self::identities());
    }

    /**
     * Before schema 3, the table of used states had another name. Its rows are kept: an attempt that was used before the
     * update must not be used again after it. Of two requests at once, the later one finds nothing to rename.
     */
    private static function rename_used_states(): void
    {
        $database = self::database();
        $old = self::used_states_before_3();
        if (!TableRepair::exists($old)) {
            return;
        }

        $quiet = $database->suppress_errors();
        $database->query('RENAME TABLE ' . $old . ' TO ' . self::used_states());
        $database->suppress_errors($quiet);
    }

    private static function used_states_before_3(): string
    {
        return self::database()->base_prefix . 'logto_spent';
    }
}
