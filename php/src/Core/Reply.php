<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Carrier\CarrierFailure;
use LogtoSignIn\Support\Input;

/**
 * What the core said: an effect to perform, or the outcome.
 */
final class Reply
{
    /**
     * @param array<array-key, mixed>|null $effect
     * @param array<array-key, mixed>|null $outcome
     * @param array<string, array{json: string, ttl: int}> $remember
     * @param list<array<array-key, mixed>> $log
     */
    private function __construct(
        public readonly null|array $effect,
        public readonly string $resume,
        public readonly null|array $outcome,
        public readonly array $remember,
        public readonly array $log,
    ) {
    }

    /**
     * @throws CarrierFailure
     */
    public static function read(string $json): self
    {
        $whole = json_decode($json, true, 64);
        if (!is_array($whole)) {
            throw new CarrierFailure('the reply is not a JSON object');
        }

        $effect = $whole['effect'] ?? null;
        $outcome = $whole['outcome'] ?? null;
        if (!is_array($effect) && !is_array($outcome)) {
            throw new CarrierFailure('the reply has neither an effect nor an outcome');
        }

        return new self(
            is_array($effect) ? $effect : null,
            Input::string($whole, 'resume'),
            is_array($outcome) ? $outcome : null,
            isset($whole['remember']) ? self::values($json) : [],
            Input::to_maps(Input::map($whole, 'log')),
        );
    }

    /**
     * Values to remember are opaque, so they are kept as JSON: as PHP arrays, `{}` would come back as `[]`.
     *
     * @return array<string, array{json: string, ttl: int}>
     */
    private static function values(string $json): array
    {
        $values = [];
        $whole = json_decode($json, false, 64);
        $rows = $whole instanceof \stdClass ? $whole->remember ?? [] : [];
        foreach (is_array($rows) ? $rows : [] as $row) {
            $row = $row instanceof \stdClass ? get_object_vars($row) : [];
            $kept = wp_json_encode($row['value'] ?? null);
            if (is_string($kept)) {
                $values[Input::string($row, 'key')] = ['json' => $kept, 'ttl' => Input::int($row, 'ttl')];
            }
        }

        return $values;
    }
}
