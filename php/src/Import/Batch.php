<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\LinkVerdict;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\LinkVerdicts;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Support\Input;

/**
 * One batch of links: read, classified by the core and, in an import, added.
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

        $input = ['rows' => $links, 'include_privileged' => Input::bool($run, 'privileged')];
        $outcome = (new Client())->expect(LinkVerdicts::class, Operation::ClassifyLinks, $input);
        if ($outcome instanceof Refused || count($outcome->verdicts) !== count($links)) {
            return ['error' => $outcome instanceof Refused ? $outcome->code : 'protocol_error'] + $run;
        }

        $classified = array_map(
            static fn(array $link, LinkVerdict $verdict): array => ['verdict' => $verdict, 'user_id' => $link['user_id'], 'subject' => $link['subject']],
            $links,
            $outcome->verdicts,
        );
        if (Input::string($run, 'kind') === Run::IMPORT) {
            $classified = self::add($issuer, $classified);
        }

        // What was read for these users is of no use to the next.
        if (wp_cache_supports('flush_runtime')) {
            wp_cache_flush_runtime();
        }

        return [
            'cursor' => $cursor,
            'done' => Input::int($run, 'done') + $read,
            'counts' => self::counts(Input::map($run, 'counts'), $classified),
            'shown' => self::shown(Input::to_maps($run['shown'] ?? null), $classified),
        ] + $run;
    }

    /**
     * A link that somebody else has got since it was classified counts as theirs.
     *
     * @param array<array-key, mixed> $issuer
     * @param list<array{verdict: LinkVerdict, user_id: int, subject: string}> $classified
     *
     * @return list<array{verdict: LinkVerdict, user_id: int, subject: string}>
     */
    private static function add(array $issuer, array $classified): array
    {
        $new = array_values(array_filter($classified, static fn(array $link): bool => $link['verdict'] === LinkVerdict::New));
        if (ImportedIdentities::add($issuer, $new) === count($new)) {
            return $classified;
        }

        $owners = ImportedIdentities::owners(Input::string($issuer, 'issuer_hash'), array_column($new, 'subject'));

        return array_map(
            static fn(array $link): array => $link['verdict'] === LinkVerdict::New && ($owners[$link['subject']] ?? 0) !== $link['user_id']
                ? ['verdict' => LinkVerdict::LinkedToOther] + $link
                : $link,
            $classified,
        );
    }

    /**
     * @param array<array-key, mixed> $counts
     * @param list<array{verdict: LinkVerdict, user_id: int, subject: string}> $classified
     *
     * @return array<array-key, mixed>
     */
    private static function counts(array $counts, array $classified): array
    {
        foreach ($classified as $link) {
            $verdict = $link['verdict']->value;
            $counts[$verdict] = Input::int($counts, $verdict) + 1;
        }

        return $counts;
    }

    /**
     * @param list<array<array-key, mixed>> $shown
     * @param list<array{verdict: LinkVerdict, user_id: int, subject: string}> $classified
     *
     * @return list<array<array-key, mixed>>
     */
    private static function shown(array $shown, array $classified): array
    {
        foreach ($classified as $link) {
            if (count($shown) === Run::SHOWN || in_array($link['verdict'], [LinkVerdict::New, LinkVerdict::AlreadyLinked], true)) {
                continue;
            }

            $shown[] = ['verdict' => $link['verdict']->value] + $link;
        }

        return $shown;
    }
}
