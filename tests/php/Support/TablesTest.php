<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * The tables of an earlier version.
 */
final class TablesTest extends TestCase
{
    private string $key = '';

    protected function setUp(): void
    {
        parent::setUp();
        $this->key = 'test-' . wp_generate_password(20, false);
        $this->install_schema_2();
    }

    protected function tearDown(): void
    {
        Tables::drop_used_states();
        delete_site_option('logto_sign_in_schema');
        Tables::upgrade();
        parent::tearDown();
    }

    public function test_an_update_renames_the_table_of_used_states_and_keeps_its_rows(): void
    {
        Tables::upgrade();

        self::assertFalse(self::exists(self::old_table()));
        self::assertSame('4', get_site_option('logto_sign_in_schema'));
        self::assertSame(StateUse::Repeated, UsedStates::mark($this->key, time() + 60), 'used before the update');
        self::assertSame(StateUse::First, UsedStates::mark($this->key . ' another', time() + 60));
    }

    public function test_a_sign_in_right_after_an_update_finds_the_used_states(): void
    {
        self::assertSame(StateUse::Repeated, UsedStates::mark($this->key, time() + 60), 'used before the update');
        self::assertSame(StateUse::First, UsedStates::mark($this->key . ' another', time() + 60));
        self::assertFalse(self::exists(self::old_table()));
    }

    public function test_a_second_update_changes_nothing(): void
    {
        Tables::upgrade();
        update_site_option('logto_sign_in_schema', '2');

        Tables::upgrade();

        self::assertSame(StateUse::Repeated, UsedStates::mark($this->key, time() + 60), 'used before the updates');
    }

    public function test_the_plugin_leaves_no_table_of_used_states_behind(): void
    {
        Tables::drop_used_states();

        self::assertFalse(self::exists(self::old_table()));
        self::assertFalse(self::exists(Tables::used_states()));
    }

    /**
     * The table as schema 2 had it, with one used state.
     */
    private function install_schema_2(): void
    {
        $database = Tables::database();
        Tables::drop_used_states();
        $table = self::old_table();
        $database->query("CREATE TABLE {$table} (
            state_key varbinary(191) NOT NULL,
            expires bigint(20) unsigned NOT NULL,
            PRIMARY KEY  (state_key),
            KEY expires (expires)
        ) ENGINE=InnoDB");
        $database->insert($table, ['state_key' => hash('sha256', $this->key), 'expires' => time() + 60]);
        update_site_option('logto_sign_in_schema', '2');
    }

    private static function old_table(): string
    {
        return Tables::database()->base_prefix . 'logto_spent';
    }

    private static function exists(string $table): bool
    {
        return Tables::database()->get_var("SHOW TABLES LIKE '{$table}'") === $table;
    }
}
