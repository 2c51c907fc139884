<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Tables;

/**
 * One run over the links of Logto's own plugin: a dry run, an import, or undoing it. It goes on where it stopped, batch
 * by batch, for as long as the caller has time.
 */
final class Run
{
    /** On a network, the network keeps it: the issuer in it decides whose accounts are linked. */
    public const OPTION = 'logto_sign_in_import';

    public const DRY_RUN = 'dry_run';
    public const IMPORT = 'import';
    public const UNDO = 'undo';

    /** Links that nobody gets and that are kept to be shown. */
    public const SHOWN = 100;

    /**
     * The run that was begun last, or an empty array.
     *
     * @return array<array-key, mixed>
     */
    public static function run(): array
    {
        return Input::to_map(GuardedOption::get(self::OPTION));
    }

    /**
     * Whether there is something to undo.
     */
    public static function can_undo(): bool
    {
        return GuardedOption::get(StoredSettings::OPTION) !== false || ImportedIdentities::count() > 0;
    }

    /**
     * Begins a run, unless another one is being worked on.
     *
     * @param self::DRY_RUN|self::IMPORT|self::UNDO $kind
     * @param bool $privileged Whether the links of administrators are wanted too.
     */
    public static function begin(string $kind, bool $privileged = false): bool
    {
        return self::alone(static fn() => self::start($kind, $privileged));
    }

    /**
     * One request at a time: two would only confuse the counts, since no identity is ever given away twice.
     *
     * @param callable(): void $work
     */
    private static function alone(callable $work): bool
    {
        return Lock::hold('import_' . get_current_blog_id(), static function () use ($work): bool {
            $work();
            return true;
        }, static fn(): bool => false, 0);
    }

    private static function start(string $kind, bool $privileged): void
    {
        Tables::create();
        $run = ['kind' => $kind, 'privileged' => $privileged, 'finished' => false, 'cursor' => 0, 'done' => 0, 'counts' => [], 'shown' => []];
        if ($kind === self::UNDO) {
            self::keep(['total' => ImportedIdentities::count()] + $run);

            return;
        }

        $converted = StoredSettings::convert();
        if ($converted instanceof Refused) {
            self::keep(['error' => $converted->code, 'finished' => true, 'total' => 0] + $run);

            return;
        }

        if ($kind === self::IMPORT) {
            StoredSettings::write($converted->values);
        }

        self::keep([
            'issuer' => $converted->issuer === null ? [] : get_object_vars($converted->issuer),
            'finished' => $converted->issuer === null,
            'total' => Source::count(),
            'fields' => $converted->fields,
            'problems' => array_map(get_object_vars(...), $converted->problems),
        ] + $run);
    }

    /**
     * Goes on for so many seconds, or for one batch when that takes longer.
     *
     * @param callable(array<array-key, mixed>): void|null $told Hears of every batch.
     */
    public static function resume(float $seconds, null|callable $told = null): void
    {
        self::alone(static function () use ($seconds, $told): void {
            $end = microtime(true) + $seconds;
            $source = new Source();
            do {
                $run = self::run();
                if ($run === [] || Input::bool($run, 'finished')) {
                    break;
                }

                $run = self::batch($run, $source);
                self::keep($run);
                if ($told !== null) {
                    $told($run);
                }
            } while (!isset($run['error']) && microtime(true) < $end);
        });
    }

    /**
     * @param array<array-key, mixed> $run
     *
     * @return array<array-key, mixed>
     */
    private static function batch(array $run, Source $source): array
    {
        unset($run['error']);
        if ($run['kind'] !== self::UNDO) {
            return Batch::link($run, $source);
        }

        $removed = ImportedIdentities::remove();
        $run['done'] = Input::int($run, 'done') + $removed;
        if ($removed === 0) {
            $run['restored'] = StoredSettings::restore();
            $run['finished'] = true;
        }

        return $run;
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function keep(array $run): void
    {
        GuardedOption::update(self::OPTION, $run);
    }
}
