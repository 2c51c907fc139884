<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Faults;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\SignIn\SignIn;
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
     * A request that read the user a moment before caches what it read: the session seemed not to be stored, and the sign-in
     * was refused.
     */
    public function test_a_user_whom_another_request_cached_late_keeps_the_session(): void
    {
        $user = $this->user();
        add_filter('send_auth_cookies', '__return_false');
        $read_before = update_meta_cache('user', [$user->ID])[$user->ID];
        add_action('set_logged_in_cookie', static fn() => wp_cache_set($user->ID, $read_before, 'user_meta'));

        $result = SignIn::sign_on($user, false, 'issuer');

        self::assertInstanceOf(\WP_User::class, $result);
        self::assertCount(1, \WP_Session_Tokens::get_instance($user->ID)->get_all());
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
