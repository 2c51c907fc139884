<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\SchemaTwo;
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
        SchemaTwo::install($this->key);
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

        self::assertFalse(self::exists(SchemaTwo::table()));
        self::assertSame('4', get_site_option('logto_sign_in_schema'));
        self::assertSame(StateUse::Repeated, UsedStates::mark($this->key, time() + 60), 'used before the update');
        self::assertSame(StateUse::First, UsedStates::mark($this->key . ' another', time() + 60));
    }

    public function test_a_sign_in_right_after_an_update_finds_the_used_states(): void
    {
        self::assertSame(StateUse::Repeated, UsedStates::mark($this->key, time() + 60), 'used before the update');
        self::assertSame(StateUse::First, UsedStates::mark($this->key . ' another', time() + 60));
        self::assertFalse(self::exists(SchemaTwo::table()));
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

        self::assertFalse(self::exists(SchemaTwo::table()));
        self::assertFalse(self::exists(Tables::used_states()));
    }

    private static function exists(string $table): bool
    {
        return Tables::database()->get_var("SHOW TABLES LIKE '{$table}'") === $table;
    }
}
