<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Core\Runner;
use LogtoSignIn\Support\Input;

/**
 * One batch of links: read, judged by the core and, in an import, added.
 */
final class Batch
{
    /**
     * @param array<array-key, mixed> $run A run of {@see Run}.
     *
     * @return array<array-key, mixed> The run after it.
     */
    public static function link(array $run, Source $source): array
    {
        $issuer = Input::map($run, 'issuer');
        ['cursor' => $cursor, 'read' => $read, 'links' => $links] = $source->after(Input::int($run, 'cursor'), Input::string($issuer, 'issuer_hash'));
        if ($cursor === null) {
            return ['finished' => true] + $run;
        }

        $outcome = (new Runner())->run('judge_links', ['rows' => $links, 'privileged' => Input::bool($run, 'privileged')]);
        $verdicts = Input::strings($outcome, 'verdicts');
        if (count($verdicts) !== count($links)) {
            return ['error' => Input::string($outcome, 'code', 'protocol_error')] + $run;
        }

        $judged = [];
        foreach ($links as $number => $link) {
            $judged[] = ['verdict' => $verdicts[$number] ?? '', 'user_id' => $link['user_id'], 'subject' => $link['subject']];
        }

        if (Input::string($run, 'kind') === Run::IMPORT) {
            $judged = self::add($issuer, $judged);
        }

        // What was read for these users is of no use to the next.
        if (wp_cache_supports('flush_runtime')) {
            wp_cache_flush_runtime();
        }

        return [
            'cursor' => $cursor,
            'done' => Input::int($run, 'done') + $read,
            'counts' => self::counts(Input::map($run, 'counts'), $judged),
            'shown' => self::shown(Input::to_maps($run['shown'] ?? null), $judged),
        ] + $run;
    }

    /**
     * A link that somebody else has got since it was judged counts as theirs.
     *
     * @param array<array-key, mixed> $issuer
     * @param list<array{verdict: string, user_id: int, subject: string}> $judged
     *
     * @return list<array{verdict: string, user_id: int, subject: string}>
     */
    private static function add(array $issuer, array $judged): array
    {
        $new = array_values(array_filter($judged, static fn(array $link): bool => $link['verdict'] === 'new'));
        if (ImportedIdentities::add($issuer, $new) === count($new)) {
            return $judged;
        }

        $owners = ImportedIdentities::owners(Input::string($issuer, 'issuer_hash'), array_column($new, 'subject'));

        return array_map(
            static fn(array $link): array => $link['verdict'] === 'new' && ($owners[$link['subject']] ?? 0) !== $link['user_id']
                ? ['verdict' => 'taken'] + $link
                : $link,
            $judged,
        );
    }

    /**
     * @param array<array-key, mixed> $counts
     * @param list<array{verdict: string, user_id: int, subject: string}> $judged
     *
     * @return array<array-key, mixed>
     */
    private static function counts(array $counts, array $judged): array
    {
        foreach ($judged as $link) {
            $counts[$link['verdict']] = Input::int($counts, $link['verdict']) + 1;
        }

        return $counts;
    }

    /**
     * @param list<array<array-key, mixed>> $shown
     * @param list<array{verdict: string, user_id: int, subject: string}> $judged
     *
     * @return list<array<array-key, mixed>>
     */
    private static function shown(array $shown, array $judged): array
    {
        foreach ($judged as $link) {
            if (count($shown) === Run::SHOWN || in_array($link['verdict'], ['new', 'kept'], true)) {
                continue;
            }

            $shown[] = $link;
        }

        return $shown;
    }
}
