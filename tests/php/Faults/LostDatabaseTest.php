<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Faults;

use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Protocol\Answer\UserCreated;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Figures;
use LogtoSignIn\Tests\TestCase;
use PHPUnit\Framework\ExpectationFailedException;

/**
 * Fault R14: WordPress connects to a lost database again and repeats one query. What the transaction had written was gone,
 * and what followed was written for good: a user without identity, roles of a user who was not there, a session for nobody,
 * and a sign-in method that counted as disconnected while it was not.
 */
final class LostDatabaseTest extends TestCase
{
    private const FIGURES = 'faults and recovery';

    private Database $database;

    private int $last = 0;

    protected function setUp(): void
    {
        parent::setUp();
        // A password's hash takes its time.
        add_filter('wp_hash_password_options', static fn(): array => ['cost' => 4]);
        add_filter('send_auth_cookies', '__return_false');
        $this->database = new Database();
        $this->last = $this->database->number('SELECT MAX(ID) FROM ' . Tables::database()->users);
    }

    public function test_fault_r14_a_connection_lost_at_any_query_leaves_no_half_user(): void
    {
        $before = $this->database->half_done($this->last);
        [$half, $recovered] = [0, 0];
        [$queries, $lost] = $this->at_each_query(function (callable $lose) use ($before, &$half, &$recovered): bool {
            $effect = self::create_user(['identity' => self::identity('lost'), 'granted_roles' => ['editor'], 'roles' => ['editor']]);
            $created = $lose(static fn(): null|UserCreated => self::created($effect));
            $now = $this->database->half_done($this->last);
            $half += array_sum($now) - array_sum($before);
            self::assertSame($before, $now);

            // The visitor tries again.
            $user = get_userdata(self::created($effect)->user_id ?? 0);

            self::assertInstanceOf(\WP_User::class, $user);
            self::assertSame([['editor'], 'logto-visitor@example.org', 'logto-visitor'], [$user->roles, $user->user_email, $user->user_login]);
            ++$recovered;
            is_multisite() ? wpmu_delete_user($user->ID) : wp_delete_user($user->ID);

            return $created === null;
        });

        self::assertGreaterThan(5, $lost, 'some queries are within the transaction');
        Figures::tell(self::FIGURES, 'the database lost at each query while an account is made', ['injected' => $queries, 'recovered' => $recovered - 1, 'half accounts' => $half]);
    }

    public function test_fault_r14_a_connection_lost_at_any_query_connects_an_identity_as_a_whole(): void
    {
        $user = $this->user();
        [$queries, $connected] = $this->at_each_query(static function (callable $lose) use ($user): bool {
            Removal::all($user->ID);
            Identities::link(self::identity('of somebody'), $user->ID);
            \WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'of somebody']);
            \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
            wp_set_password('known', $user->ID);

            $connected = $lose(static fn(): bool => Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Everything)));

            wp_cache_flush();
            $now = [
                array_column(Identities::of_user($user->ID), 'subject'),
                \WP_Session_Tokens::get_instance($user->ID)->get_all(),
                \WP_Application_Passwords::get_user_application_passwords($user->ID),
                KnownPassword::exists(new \WP_User($user->ID)),
            ];
            self::assertSame([true, ['subject'], [], [], false], [$connected, ...$now]);

            return $connected;
        });

        Figures::tell(self::FIGURES, 'the database lost at each query while an identity is connected', ['injected' => $queries, 'recovered' => $connected]);
    }

    public function test_fault_r14_a_connection_lost_at_any_query_disconnects_what_it_says(): void
    {
        $user = $this->user();
        [$queries, $right] = $this->at_each_query(function (callable $lose) use ($user): bool {
            Identities::link(self::identity(), $user->ID);
            $id = (int) Identities::of_user($user->ID)[0]['id'];

            $removed = $lose(static fn(): bool => Removal::one($user->ID, $id, static fn(): bool => true));

            $count = $this->database->number('SELECT COUNT(*) FROM ' . Tables::identities() . ' WHERE id = ' . $id);
            self::assertSame($removed ? 0 : 1, $count);

            return $removed === ($count === 0);
        });

        Figures::tell(self::FIGURES, 'the database lost at each query while an identity is removed', ['injected' => $queries, 'recovered' => $right]);
    }

    public function test_fault_r14_a_connection_lost_at_any_query_begins_a_session_or_says_that_it_did_not(): void
    {
        $user = $this->user();
        [$queries, $right] = $this->at_each_query(function (callable $lose) use ($user): bool {
            delete_user_meta($user->ID, 'session_tokens');

            $result = $lose(static fn(): \WP_User|\WP_Error => SignIn::sign_on($user, false, 'hash'));

            $stored = $this->database->number('SELECT COUNT(*) FROM ' . Tables::database()->usermeta . " WHERE user_id = {$user->ID} AND meta_key = 'session_tokens'");
            self::assertSame($result instanceof \WP_User ? 1 : 0, $stored);

            return $result instanceof \WP_User === ($stored === 1);
        });

        Figures::tell(self::FIGURES, 'the database lost at each query while a session begins', ['injected' => $queries, 'recovered' => $right]);
    }

    /**
     * Does something once as it is, and once for each of its queries with the connection lost right before it.
     *
     * @param callable(callable): bool $do Is given what runs the work in question.
     *
     * @return array{int, int} How often the connection was lost, and how often `$do` said yes.
     */
    private function at_each_query(callable $do): array
    {
        $queries = 0;
        $do(static function (callable $work) use (&$queries): mixed {
            [$result, $queries] = Database::at_query(0, static fn() => null, $work);

            return $result;
        });
        $yes = 0;
        for ($at = 1; $at <= $queries; ++$at) {
            try {
                $yes += $do(fn(callable $work): mixed => $this->database->lose_at($at, $work)[0]) ? 1 : 0;
            } catch (ExpectationFailedException $failure) {
                self::fail("The connection was lost at query {$at} of {$queries}: " . $failure->getMessage() . ' ' . $failure->getComparisonFailure()?->getDiff());
            }
        }

        self::assertGreaterThan(2, $queries);

        return [$queries, $yes];
    }

    /**
     * Null when the core would hear that the database failed: `database_error`, 503, try again.
     */
    private static function created(CreateUser $effect): null|UserCreated
    {
        try {
            return NewUser::create($effect);
        } catch (DatabaseFailure) {
            return null;
        }
    }
}
