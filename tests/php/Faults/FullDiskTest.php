<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Faults;

use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Figures;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Fault R16: WordPress's functions go on when the database refuses a write, and so did the plugin. A visitor was led on
 * with a cookie that opened nothing, a user had no role, and a password that was to end went on.
 */
final class FullDiskTest extends TestCase
{
    private static Server $provider;

    private Database $database;

    private Visit $visit;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        add_filter('wp_hash_password_options', static fn(): array => ['cost' => 4]);
        add_filter('send_auth_cookies', '__return_false');
        $this->database = new Database();
        $this->visit = new Visit(self::$provider);
        $this->store($this->visit->settings());
    }

    protected function tearDown(): void
    {
        Tables::database()->delete(Tables::identities(), ['issuer' => $this->visit->identity()->issuer]);
        parent::tearDown();
    }

    /**
     * @dataProvider tables
     */
    public function test_fault_r16_a_visitor_who_gets_no_account_may_try_again(string $name): void
    {
        $table = self::table($name);
        $last = $this->database->number('SELECT MAX(ID) FROM ' . Tables::database()->users);
        $before = $this->database->half_done($last);

        $outcome = $this->database->with_full_disk($table, $this->visit->sign_in(...));
        $after = $this->database->half_done($last);
        $again = $this->visit->sign_in();

        self::assertInstanceOf(Refused::class, $outcome);
        self::assertSame(['database_error', 503, true], [$outcome->code, $outcome->status, $outcome->retry]);
        self::assertSame($before, $after);
        self::assertInstanceOf(SignedIn::class, $again, (string) json_encode($again));
        self::tell($name . ', while an account is made', 1, 'recovered');
    }

    /**
     * @return list<array{string}>
     */
    public static function tables(): array
    {
        return [['users'], ['usermeta'], ['logto_identities'], ['logto_used_states']];
    }

    /**
     * What a sign-in can do without: the transients, the record, the log.
     *
     * @dataProvider tables_of_convenience
     */
    public function test_a_sign_in_does_without(string $name): void
    {
        Identities::link($this->visit->identity(), $this->user()->ID);
        $log = (string) ini_set('error_log', '/dev/full');

        $outcome = $this->database->with_full_disk(self::table($name), function (): mixed {
            $outcome = $this->visit->sign_in();
            Recorder::signed_in($outcome->user_id ?? 0, 'hash');

            return $outcome;
        });

        ini_set('error_log', $log);
        self::assertInstanceOf(SignedIn::class, $outcome, (string) json_encode($outcome));
        self::tell($name . ', and of the log', 2, 'recovered');
    }

    /**
     * @return list<array{string}>
     */
    public static function tables_of_convenience(): array
    {
        return [['options'], ['logto_activity']];
    }

    public function test_fault_r16_a_session_that_is_not_stored_is_no_sign_in(): void
    {
        $user = $this->user();

        $page = $this->database->with_full_disk(Tables::database()->usermeta, fn(): array => self::perform($user, null));

        self::assertSame(['status' => 503, 'refused' => ['database_error'], 'signed_in' => []], $page);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::tell('usermeta, while a session begins', 1, 'refused');
    }

    public function test_fault_r16_nobody_gets_in_with_a_role_that_could_not_be_taken_back(): void
    {
        $user = $this->user('a-visitor', 'editor');
        $user->add_role('author');

        $page = $this->database->with_full_disk(Tables::database()->usermeta, fn(): array => self::perform($user, new RoleChange([], ['editor'], [])));

        self::assertSame(['status' => 503, 'refused' => ['database_error'], 'signed_in' => []], $page);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());
        self::tell('usermeta, while a role is taken back', 1, 'refused');
    }

    /**
     * @dataProvider tables_of_a_user
     */
    public function test_fault_r16_an_identity_is_connected_when_all_other_access_has_ended(string $name): void
    {
        $user = $this->user();
        Identities::link(self::identity('of somebody'), $user->ID);
        \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
        $connect = static fn(): bool => Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Everything));

        $refused = $this->database->with_full_disk(self::table($name), static function () use ($connect): bool {
            try {
                return !$connect();
            } catch (DatabaseFailure) {
                return true;
            }
        });
        wp_cache_flush();
        $after = array_column(Identities::of_user($user->ID), 'subject');
        $sessions = \WP_Session_Tokens::get_instance($user->ID)->get_all();

        self::assertTrue($refused);
        self::assertSame(['of somebody'], $after);
        self::assertCount(1, $sessions);
        self::assertTrue(wp_check_password('right password', (new \WP_User($user->ID))->user_pass));
        self::assertTrue($connect(), 'the second try');
        self::assertFalse(KnownPassword::exists(new \WP_User($user->ID)));
        self::tell($name . ', while an identity is connected', 1, 'recovered');
    }

    /**
     * @return list<array{string}>
     */
    public static function tables_of_a_user(): array
    {
        return [['users'], ['usermeta'], ['logto_identities']];
    }

    /**
     * @return array{status: int, refused: list<string>, signed_in: list<int>}
     */
    private static function perform(\WP_User $user, null|RoleChange $roles): array
    {
        [$refused, $signed_in, $status] = [[], [], 0];
        add_action('logto_sign_in_refused', static function (string $code) use (&$refused): void {
            $refused[] = $code;
        });
        add_action('logto_sign_in_signed_in', static function (\WP_User $user) use (&$signed_in): void {
            $signed_in[] = $user->ID;
        });
        // The page itself needs wp-login.php.
        add_filter('status_header', static function (string $header, int $code) use (&$status): never {
            $status = $code;
            throw new \RuntimeException('the page begins');
        }, 10, 2);
        add_filter('wp_redirect', static fn(string $to): string => throw new \RuntimeException($to));
        try {
            SignIn::perform(new SignedIn($user->ID, false, '', null, $roles, null, 'hash', []), Provider::Logto);
        } catch (\RuntimeException) {
        }

        return ['status' => $status, 'refused' => $refused, 'signed_in' => $signed_in];
    }

    private static function table(string $name): string
    {
        $database = Tables::database();

        return match ($name) {
            'users' => $database->users,
            'usermeta' => $database->usermeta,
            'options' => $database->options,
            default => $database->base_prefix . $name,
        };
    }

    private static function tell(string $where, int $injected, string $then): void
    {
        Figures::tell('faults and recovery', 'a full disk: ' . $where, ['injected' => $injected, $then => $injected]);
    }
}
