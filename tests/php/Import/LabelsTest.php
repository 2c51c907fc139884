<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Import\Labels;
use LogtoSignIn\Import\Report;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Protocol\LinkVerdict;
use LogtoSignIn\Tests\TestCase;

/**
 * What is said about connections, also about those of a run that an earlier version stored.
 */
final class LabelsTest extends TestCase
{
    public function test_every_verdict_is_stored_under_its_own_name(): void
    {
        foreach (LinkVerdict::cases() as $verdict) {
            self::assertSame($verdict, Labels::stored_verdict($verdict->value));
        }
    }

    /**
     * @dataProvider names_of_version_0_1
     */
    public function test_a_verdict_of_an_earlier_version_keeps_its_meaning(string $name, LinkVerdict $verdict): void
    {
        self::assertSame($verdict, Labels::stored_verdict($name));
    }

    /**
     * @return array<string, array{string, LinkVerdict}>
     */
    public static function names_of_version_0_1(): array
    {
        $names = [
            'new' => LinkVerdict::New,
            'kept' => LinkVerdict::AlreadyLinked,
            'taken' => LinkVerdict::LinkedToOther,
            'repeated' => LinkVerdict::Ambiguous,
            'elsewhere' => LinkVerdict::HasOtherSubject,
            'privileged' => LinkVerdict::Privileged,
            'gone' => LinkVerdict::UserMissing,
            'unusable' => LinkVerdict::Unusable,
        ];

        return array_combine(array_keys($names), array_map(null, array_keys($names), $names));
    }

    public function test_a_run_that_went_on_after_an_update_has_one_row_for_each_verdict(): void
    {
        $run = ['kind' => Run::IMPORT, 'finished' => true, 'counts' => ['kept' => 2, 'already_linked' => 3]];

        $html = self::printed(static fn() => Report::show($run));

        self::assertSame(1, substr_count($html, '<th scope="row">Already connected</th><td>5</td>'));
    }
}
