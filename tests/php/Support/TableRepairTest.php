<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Admin\ServerHealth;
use LogtoSignIn\Lifecycle;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * Fault R2: an option said that the tables were there. After the plugin was deleted and installed again, or a backup without
 * them was restored, every sign-in ended with “already used”, and Site Health said that all was well.
 */
final class TableRepairTest extends TestCase
{
    protected function tearDown(): void
    {
        Tables::create();
        parent::tearDown();
    }

    public function test_fault_r2_a_missing_table_is_created_by_the_sign_in_that_needs_it(): void
    {
        self::drop(Tables::used_states());
        self::assertSame(StateUse::First, UsedStates::mark('test-repaired', time() - 1));

        self::drop(Tables::identities());
        self::assertNull(Identities::find_user(self::identity()));
        self::assertSame([], TableRepair::missing());

        self::drop(Tables::identities());
        self::assertIsInt(NewUser::create(self::create_user())->user_id);
    }

    public function test_fault_r2_activation_looks_at_the_tables(): void
    {
        self::drop(Tables::used_states());

        Lifecycle::activate();

        self::assertSame([], TableRepair::missing());
    }

    public function test_fault_r2_deleting_the_plugin_forgets_that_there_were_tables(): void
    {
        Tables::drop_used_states();
        Tables::upgrade();

        self::assertSame([], TableRepair::missing());
    }

    public function test_fault_r2_site_health_looks_at_the_tables(): void
    {
        self::drop(Tables::used_states());
        // A database user who may not create tables.
        $refuse = static fn(string $query): string => str_starts_with(ltrim($query), 'CREATE TABLE') ? 'SELECT 1' : $query;
        add_filter('query', $refuse);
        $without = ServerHealth::test_tables();
        remove_filter('query', $refuse);

        $with = ServerHealth::test_tables();

        self::assertSame(['critical', 'good'], [$without['status'], $with['status']]);
        self::assertStringContainsString(Tables::used_states(), $without['description']);
    }

    public function test_fault_r2_a_database_that_refuses_is_no_answer(): void
    {
        add_filter('query', static fn(string $query): string => str_starts_with($query, 'SELECT user_id') ? 'SELECT no_such_column' : $query);

        $this->expectException(DatabaseFailure::class);

        Identities::find_user(self::identity());
    }

    private static function drop(string $table): void
    {
        Tables::database()->query('DROP TABLE ' . $table);
    }
}
