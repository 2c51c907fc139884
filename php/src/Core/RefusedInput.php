<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\Problem;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Support\Input;

/**
 * What somebody entered in the settings and was not saved, kept until the page shows it again. Otherwise a mistyped
 * address vanishes from its field, and there is nothing left to correct.
 */
final class RefusedInput
{
    /** As long as WordPress keeps the notices of a saved form. */
    private const TTL = 30;

    /**
     * Keeps what has a problem. A secret is never kept.
     *
     * @param array<array-key, mixed> $submitted
     * @param list<Problem> $problems
     */
    public static function keep(array $submitted, array $problems): void
    {
        self::store(array_intersect_key($submitted, array_column($problems, 'field', 'field')), array_column($problems, 'code', 'field'));
    }

    /**
     * Keeps the whole form, which nobody could judge.
     *
     * @param array<array-key, mixed> $submitted
     */
    public static function keep_all(array $submitted, string $code): void
    {
        $settings = array_intersect_key($submitted, Defaults::SECTIONS);
        self::store($settings, array_fill_keys(array_keys($settings), $code));
    }

    /**
     * What was entered for a setting, and the code of what is wrong with it; null when nothing was refused.
     *
     * @return array{text: string, rows: list<array<array-key, mixed>>, code: string}|null
     */
    public static function of(string $setting): null|array
    {
        $kept = Input::to_map(Input::to_map(get_transient(self::key()))[$setting] ?? null);
        $rows = Input::to_maps($kept['rows'] ?? null);

        return $kept === [] ? null : ['text' => Input::string($kept, 'text'), 'rows' => $rows, 'code' => Input::string($kept, 'code')];
    }

    /**
     * @param array<array-key, mixed> $entered
     * @param array<array-key, string> $codes The code of each of them.
     */
    private static function store(array $entered, array $codes): void
    {
        $kept = [];
        foreach (array_diff_key($entered, array_flip(Defaults::SECRETS)) as $name => $value) {
            $kept[$name] = ['text' => Input::to_string($value), 'rows' => Input::to_maps($value), 'code' => $codes[$name] ?? ''];
        }

        if ($kept !== [] && get_current_user_id() > 0) {
            set_transient(self::key(), $kept, self::TTL);
        }
    }

    /** The page has shown it. */
    public static function forget(): void
    {
        delete_transient(self::key());
    }

    private static function key(): string
    {
        return 'logto_sign_in_refused_' . get_current_user_id();
    }
}
