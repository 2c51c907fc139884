<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;

/**
 * What mappings gave a user: the roles on one site, or the memberships of sites. For each issuer, what its sign-ins gave
 * and when it last confirmed that. An issuer takes back what it gave, and nothing else.
 */
final class GrantsByIssuer
{
    /** Version 0.1 noted no issuer. Whichever decides next takes over what that version gave. */
    public const UNKNOWN_ISSUER = '';

    /** Seconds within which confirming the same again writes nothing. */
    private const RENEWAL_SECS = 3600;

    /** @var array<array-key, array{given: list<string>, confirmed: int}> By the hash of the issuer. */
    private readonly array $entries;

    /**
     * @param array<array-key, array{given: list<string>, confirmed: int}> $entries Those that gave nothing are left out.
     */
    private function __construct(array $entries)
    {
        $this->entries = array_filter($entries, static fn(array $entry): bool => $entry['given'] !== []);
    }

    /**
     * @param mixed $stored The form of {@see stored()}; or a list, as in version 0.1.
     */
    public static function read(mixed $stored): self
    {
        $stored = Input::to_map($stored);
        $entries = [self::UNKNOWN_ISSUER => ['given' => Input::to_strings($stored), 'confirmed' => time()]];
        foreach (array_filter($stored, 'is_array') as $issuer_hash => $entry) {
            $entries[$issuer_hash] = ['given' => Input::strings($entry, 'given'), 'confirmed' => Input::int($entry, 'confirmed')];
        }

        return new self($entries);
    }

    /**
     * @return array<array-key, array{given: list<string>, confirmed: int}>
     */
    public function stored(): array
    {
        return $this->entries;
    }

    /**
     * What an issuer gave, and what nobody knows the issuer of.
     *
     * @return list<string>
     */
    public function of(string $issuer_hash): array
    {
        return $this->of_all([$issuer_hash, self::UNKNOWN_ISSUER]);
    }

    /** @return list<string> */
    public function of_others(string $issuer_hash): array
    {
        return $this->of_all(array_diff($this->issuers(), [$issuer_hash, self::UNKNOWN_ISSUER]));
    }

    /**
     * @param array<string> $issuers
     *
     * @return list<string>
     */
    public function of_all(array $issuers): array
    {
        $entries = array_intersect_key($this->entries, array_flip($issuers));

        return array_values(array_unique(array_merge(...array_column($entries, 'given'))));
    }

    /**
     * What nobody but these issuers gave.
     *
     * @param array<string> $issuers
     *
     * @return list<string>
     */
    public function only_of(array $issuers): array
    {
        return array_values(array_diff($this->of_all($issuers), $this->of_all(array_diff($this->issuers(), $issuers))));
    }

    /**
     * The issuers that have not confirmed since a Unix time what they gave.
     *
     * @return list<string>
     */
    public function not_confirmed_since(int $time): array
    {
        return array_map(strval(...), array_keys(array_filter($this->entries, static fn(array $entry): bool => $entry['confirmed'] < $time)));
    }

    /**
     * An issuer confirms all that it gives.
     *
     * @param array<string> $given
     */
    public function confirm(string $issuer_hash, array $given): self
    {
        $given = array_values(array_unique($given));
        $before = $this->entries[$issuer_hash] ?? ['given' => [], 'confirmed' => 0];
        $is_recent = $before['given'] === $given && time() - $before['confirmed'] < self::RENEWAL_SECS;
        $entries = [$issuer_hash => $is_recent ? $before : ['given' => $given, 'confirmed' => time()]] + $this->entries;
        unset($entries[self::UNKNOWN_ISSUER]);

        return new self($entries);
    }

    /**
     * Some issuers no longer give any of these. Substitutes count as given by the first of them, and confirm nothing.
     *
     * @param list<string> $issuers
     * @param array<string> $values
     * @param list<string> $substitutes
     */
    public function without(array $issuers, array $values, array $substitutes = []): self
    {
        $entries = $this->entries;
        foreach ($issuers as $number => $issuer_hash) {
            $entry = $entries[$issuer_hash] ?? ['given' => [], 'confirmed' => time()];
            $given = [...array_diff($entry['given'], $values), ...($number === 0 ? $substitutes : [])];
            $entries[$issuer_hash] = ['given' => array_values(array_unique($given))] + $entry;
        }

        return new self($entries);
    }

    /** @return list<string> */
    private function issuers(): array
    {
        return array_map(strval(...), array_keys($this->entries));
    }
}
