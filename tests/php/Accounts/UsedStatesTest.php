<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

final class UsedStatesTest extends TestCase
{
    protected function tearDown(): void
    {
        foreach (['test-once', 'test-old', 'test-new'] as $key) {
            Tables::database()->delete(Tables::used_states(), ['state_key' => hash('sha256', $key)]);
        }

        parent::tearDown();
    }

    public function test_a_state_is_used_for_the_first_time_once(): void
    {
        self::assertSame(StateUse::First, UsedStates::mark('test-once', time() + 60));
        self::assertSame(StateUse::Repeated, UsedStates::mark('test-once', time() + 60));
    }

    public function test_old_states_are_swept(): void
    {
        UsedStates::mark('test-old', time() - 10);

        UsedStates::mark('test-new', time() + 60);

        self::assertSame([0, 1], [self::rows('test-old'), self::rows('test-new')]);
    }

    /**
     * Before, a failing database looked like a second use: the visitor was told that the sign-in had been used already.
     */
    public function test_a_failing_database_is_not_a_second_use(): void
    {
        $fail = static fn(string $query): string => str_starts_with($query, 'INSERT IGNORE') ? 'INSERT INTO no_such_table VALUES (1)' : $query;
        add_filter('query', $fail);
        $shown = Tables::database()->suppress_errors();

        $use = UsedStates::mark('test-once', time() + 60);

        Tables::database()->suppress_errors($shown);
        remove_filter('query', $fail);
        self::assertSame(StateUse::Failed, $use);
        self::assertSame(StateUse::First, UsedStates::mark('test-once', time() + 60));
    }

    private static function rows(string $key): int
    {
        $database = Tables::database();
        $query = 'SELECT COUNT(*) FROM ' . Tables::used_states() . ' WHERE state_key = %s';

        return (int) $database->get_var((string) $database->prepare($query, hash('sha256', $key)));
    }
}
