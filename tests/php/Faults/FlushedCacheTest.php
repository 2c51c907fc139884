<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Faults;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Figures;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Object caches are emptied by other plugins, by deployments and by Redis itself, at any moment.
 */
final class FlushedCacheTest extends TestCase
{
    private static Server $provider;

    private Visit $visit;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        $this->visit = new Visit(self::$provider);
        $this->store($this->visit->settings());
    }

    protected function tearDown(): void
    {
        Tables::database()->delete(Tables::identities(), ['issuer' => $this->visit->identity()->issuer]);
        parent::tearDown();
    }

    public function test_a_sign_in_needs_nothing_of_what_is_cached(): void
    {
        $user = $this->user();
        Identities::link($this->visit->identity(), $user->ID);
        [, $queries] = Database::at_query(0, static fn() => null, $this->visit->sign_in(...));
        $signed_in = 0;

        for ($at = 1; $at <= $queries; ++$at) {
            [$outcome] = Database::at_query($at, self::flush(...), $this->visit->sign_in(...));

            self::assertInstanceOf(SignedIn::class, $outcome, "flushed at query {$at}: " . json_encode($outcome));
            self::assertSame($user->ID, $outcome->user_id);
            ++$signed_in;
        }

        self::assertGreaterThan(5, $queries);
        self::assertCount(1, Identities::of_user($user->ID));
        Figures::tell('faults and recovery', 'caches and transients emptied at each query of a sign-in', ['injected' => $queries, 'recovered' => $signed_in]);
    }

    /**
     * The object cache of this request, and the transients of all.
     */
    private static function flush(): void
    {
        wp_cache_flush();
        $database = Tables::database();
        mysqli_query($database->dbh, "DELETE FROM {$database->options} WHERE option_name LIKE '%\\_transient\\_%'");
    }
}
