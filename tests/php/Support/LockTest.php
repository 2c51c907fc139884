<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

final class LockTest extends TestCase
{
    public function test_a_lock_is_held_while_the_work_is_done_and_not_longer(): void
    {
        $other = new \wpdb(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
        $is_free = static fn(): bool => $other->get_var($other->prepare('SELECT IS_FREE_LOCK(%s)', Lock::name('test'))) === '1';
        self::assertTrue($is_free());
        self::assertFalse(Lock::hold('test', $is_free, static fn(): string => 'busy'));
        self::assertTrue($is_free());
        try {
            Lock::hold('test', static fn() => throw new \RuntimeException('broken'), static fn() => null);
            self::fail('the cause is not hidden');
        } catch (\RuntimeException) {
            self::assertTrue($is_free(), 'given back all the same');
        }

        $other->close();
    }

    public function test_a_server_without_locks_has_its_work_done(): void
    {
        add_filter('query', static fn(string $query): string => str_replace('GET_LOCK', 'NO_SUCH_FUNCTION', $query));
        self::assertSame('done', Lock::hold('test', static fn(): string => 'done', static fn(): string => 'busy'));
        self::assertFalse(Tables::database()->suppress_errors);
    }

    public function test_other_names_and_installations_have_other_locks(): void
    {
        $name = Lock::name('test');
        self::assertLessThanOrEqual(64, strlen($name), 'MySQL takes no longer one');
        self::assertSame($name, Lock::name('test'));
        self::assertNotSame($name, Lock::name('test2'));
        add_filter('salt', static fn(): string => 'of another installation');
        self::assertNotSame($name, Lock::name('test'));
    }
}
