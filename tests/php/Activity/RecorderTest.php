<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Activity;

use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\SignIn\SignOut;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Program;

/**
 * What Logto › Activity has to show.
 */
final class RecorderTest extends ActivityTestCase
{
    /**
     * Before, only PHP's error log knew why a visitor was refused.
     */
    public function test_a_refusal_is_recorded_with_its_code_and_cause(): void
    {
        $page = Program::page('wp-login.php', ['action' => 'logto_callback', 'code' => 'a code', 'state' => 'abc'], ['settings' => self::SETTINGS]);

        [$record] = self::records();
        self::assertSame(400, $page['status']);
        self::assertSame(['refused', 'state_unknown', 'logto', 1], [$record->kind, $record->code, $record->provider, $record->times]);
        self::assertNotSame('', $record->cause);
        self::assertSame('', $record->ip);
        self::assertEqualsWithDelta(time(), $record->happened, 10);
    }

    public function test_a_flood_of_refusals_is_one_row_a_minute(): void
    {
        $refuse = static fn(int $now, string $ip) => Records::add(new Event(Kind::Refused, 'state_unknown', Provider::Logto, cause: 'another ' . $ip), $ip, $now);
        foreach (range(1, 30) as $number) {
            $refuse(600, '192.0.2.' . $number);
        }

        $refuse(660, '192.0.2.1');

        self::assertSame([1, 30], array_column(self::records(), 'times'));
        self::assertSame('another 192.0.2.1', self::records()[1]->cause);
    }

    public function test_sign_ins_sign_outs_and_changes_are_recorded(): void
    {
        $boss = $this->admin();
        $created = NewUser::create(self::create_user(['pending' => true, 'roles' => ['author']]));
        $user_id = (int) $created->user_id;
        self::log_in($boss);
        Approval::approve_all([$user_id]);
        Recorder::signed_in($user_id, hash('sha256', Provider::DINGTALK_ISSUER));
        SignOut::begin(['logto_sign_in' => 'hash', 'logto_sign_in_provider' => 'dingtalk'], $user_id);
        SignOut::begin(['login' => time()], $user_id);
        AdminLink::unlink_all([$user_id]);

        $rows = array_map(static fn(Record $record): array => [$record->kind, $record->provider, $record->user_id, $record->actor_id], array_reverse(self::records()));
        self::assertSame([
            ['created', 'logto', $user_id, 0],
            ['approved', '', $user_id, $boss->ID],
            ['signed_in', 'dingtalk', $user_id, 0],
            ['signed_out', 'dingtalk', $user_id, 0],
            ['unlinked', '', $user_id, $boss->ID],
        ], $rows);
    }

    public function test_signing_out_by_any_page_is_recorded_with_its_user(): void
    {
        $user = $this->user();
        self::log_in($user, ['logto_sign_in' => 'hash', 'logto_sign_in_provider' => 'logto']);
        // As WordPress does when it reads the cookie.
        do_action('auth_cookie_valid', wp_parse_auth_cookie('', 'logged_in'), $user);
        add_filter('send_auth_cookies', '__return_false');

        wp_logout();

        self::assertSame([['signed_out', $user->ID]], array_map(static fn(Record $record): array => [$record->kind, $record->user_id], self::records()));
    }

    public function test_an_address_is_recorded_only_where_the_settings_say_so(): void
    {
        $_SERVER['REMOTE_ADDR'] = '2001:db8::7';
        $this->store(['activity_ip' => true] + self::SETTINGS);
        Recorder::record(new Event(Kind::SignedIn, user_id: 7));
        $_SERVER['REMOTE_ADDR'] = '<script>';
        Recorder::record(new Event(Kind::SignedIn, user_id: 8));

        self::assertSame(['', '2001:db8::7'], array_column(self::records(), 'ip'));
    }

    public function test_no_secret_gets_into_a_cause(): void
    {
        Log::write('token_error', 'the server said a very secret secret');

        Recorder::refused('token_error', 502, Provider::Logto, 0);

        self::assertSame('the server said [redacted]', self::records()[0]->cause);
    }

    public function test_a_database_that_refuses_stops_no_sign_in(): void
    {
        add_filter('query', static fn(string $query): string => str_starts_with($query, 'INSERT INTO ' . Tables::activity()) ? 'SELECT no_such_column' : $query);
        $logged = [];
        add_action('logto_sign_in_log', static function (string $code) use (&$logged): void {
            $logged[] = $code;
        });

        Recorder::signed_in(7, 'hash');

        self::assertSame(['activity_not_recorded'], $logged);
    }

    public function test_who_waits_for_approval_is_named_in_the_refusal(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, UserMeta::PENDING, '1');
        $outcome = new SignedIn($user->ID, false, '', null, null, null, 'hash', []);

        // The page itself needs wp-login.php.
        add_filter('status_header', static fn() => throw new \RuntimeException('the page begins'));
        try {
            SignIn::perform($outcome, Provider::Logto);
        } catch (\RuntimeException) {
        }

        self::assertSame([['account_pending', $user->ID]], array_map(static fn(Record $record): array => [$record->code, $record->user_id], self::records()));
    }
}
