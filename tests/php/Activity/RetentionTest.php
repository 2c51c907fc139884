<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Activity;

use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Privacy\ActivityExporter;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * How long what happened is kept, and how it is exported and erased.
 */
final class RetentionTest extends ActivityTestCase
{
    public function test_a_site_keeps_so_many_rows_of_a_kind(): void
    {
        $database = Tables::database();
        Records::add(new Event(Kind::SignedIn, user_id: 7), '', time());
        $columns = '(event_key, blog_id, happened, kind, code, provider, user_id, actor_id, times, cause, ip)';
        foreach (range(0, 10) as $thousand) {
            $rows = array_map(static fn(int $number): string => sprintf("('%d-%d', %d, %d, 'refused', 'x', '', 0, 0, 1, '', '')", $thousand, $number, get_current_blog_id(), time()), range(1, 1_000));
            $database->query('INSERT INTO ' . Tables::activity() . " {$columns} VALUES " . implode(',', $rows));
        }

        foreach (range(1, 100) as $minute) {
            Records::add(new Event(Kind::Refused, 'state_unknown'), '', $minute * 60);
        }

        self::assertLessThan(Records::MAX_ROWS + 100, Records::count(new Filter('refused')));
        self::assertSame(1, Records::count(new Filter('signed_in')), 'refusals push out no sign-in');
    }

    public function test_zero_days_record_nothing_and_remove_what_there_is(): void
    {
        Recorder::record(new Event(Kind::SignedIn, user_id: 7));
        $this->store(['activity_days' => '0'] + self::SETTINGS);

        Recorder::record(new Event(Kind::SignedIn, user_id: 8));
        do_action('wp_scheduled_delete');

        self::assertSame([], self::records());
    }

    public function test_rows_are_removed_after_their_days(): void
    {
        $this->store(['activity_days' => '2'] + self::SETTINGS);
        Records::add(new Event(Kind::SignedIn, user_id: 7), '', time() - 3 * 86_400);
        Records::add(new Event(Kind::SignedIn, user_id: 8), '', time() - 86_400);

        do_action('wp_scheduled_delete');

        self::assertSame([8], array_column(self::records(), 'user_id'));
    }

    public function test_a_missing_table_is_created_again(): void
    {
        Records::drop();

        Recorder::signed_in(7, 'hash');

        self::assertSame([], TableRepair::missing());
        self::assertSame([7], array_column(self::records(), 'user_id'));
    }

    public function test_privacy_tools_export_and_erase_what_is_recorded_about_a_user(): void
    {
        $user = $this->user();
        foreach (['signed_in', 'refused'] as $kind) {
            Recorder::record(new Event(Kind::from($kind), user_id: $user->ID, cause: 'a cause'));
        }

        Recorder::record(new Event(Kind::Approved, user_id: 7, actor_id: $user->ID));

        $exporter = apply_filters('wp_privacy_personal_data_exporters', [])['logto-sign-in-activity']['callback'];
        $eraser = apply_filters('wp_privacy_personal_data_erasers', [])['logto-sign-in-activity']['callback'];
        self::assertSame([ActivityExporter::class, 'export'], $exporter);
        self::assertCount(2, $exporter($user->user_email)['data']);
        self::assertSame([], $exporter('nobody@example.org')['data']);
        self::assertTrue($eraser($user->user_email)['items_removed']);
        self::assertSame([[7, 0]], array_map(static fn(Record $record): array => [$record->user_id, $record->actor_id], self::records()));
        self::assertFalse($eraser($user->user_email)['items_removed']);
    }
}
