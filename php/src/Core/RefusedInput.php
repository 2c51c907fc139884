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
     * Keeps the texts that have a problem. A secret is never kept.
     *
     * @param array<array-key, mixed> $submitted
     * @param list<Problem> $problems
     */
    public static function keep(array $submitted, array $problems): void
    {
        $kept = [];
        foreach ($problems as $problem) {
            $text = $submitted[$problem->field] ?? null;
            if (is_string($text) && $text !== '' && !in_array($problem->field, Defaults::SECRETS, true)) {
                $kept[$problem->field] = ['text' => $text, 'code' => $problem->code];
            }
        }

        if ($kept !== [] && get_current_user_id() > 0) {
            set_transient(self::key(), $kept, self::TTL);
        }
    }

    /**
     * What was entered for a setting, and the code of what is wrong with it; null when nothing was refused.
     *
     * @return array{text: string, code: string}|null
     */
    public static function of(string $setting): null|array
    {
        $kept = Input::to_map(Input::to_map(get_transient(self::key()))[$setting] ?? null);

        return $kept === [] ? null : ['text' => Input::string($kept, 'text'), 'code' => Input::string($kept, 'code')];
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
