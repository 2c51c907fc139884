<?php

declare(strict_types=1);

namespace LogtoSignIn\Privacy;

use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Records;

/**
 * What is recorded about a person's sign-ins, for WordPress's tools that export and erase personal data.
 */
final class ActivityExporter
{
    /** Rows of one step, of which WordPress asks for as many as it takes. */
    private const PER_PAGE = 500;

    /**
     * @return array<string, mixed>
     */
    public static function export(string $email, int $page = 1): array
    {
        $records = Records::of_user(Person::user_id($email), self::PER_PAGE, ($page - 1) * self::PER_PAGE);

        return ['data' => array_map(self::item(...), $records), 'done' => count($records) < self::PER_PAGE];
    }

    /**
     * @return array<string, mixed>
     */
    public static function erase(string $email): array
    {
        return ['items_removed' => Records::erase_user(Person::user_id($email)), 'items_retained' => false, 'messages' => [], 'done' => true];
    }

    /**
     * @return array<string, mixed>
     */
    private static function item(Record $record): array
    {
        $labels = [
            'time' => __('Time', 'logto-sign-in'),
            'event' => __('Event', 'logto-sign-in'),
            'code' => __('Code', 'logto-sign-in'),
            'provider' => __('Provider', 'logto-sign-in'),
            'cause' => __('Cause', 'logto-sign-in'),
            'ip' => __('IP address', 'logto-sign-in'),
        ];
        $values = array_filter(array_intersect_key($record->fields(), $labels), static fn(int|string $value): bool => $value !== '');

        return [
            'group_id' => 'logto-sign-in-activity',
            'group_label' => __('Sign-in activity', 'logto-sign-in'),
            'item_id' => 'logto-activity-' . $record->id,
            'data' => array_map(static fn(string $name): array => ['name' => $labels[$name] ?? $name, 'value' => $values[$name]], array_keys($values)),
        ];
    }
}
