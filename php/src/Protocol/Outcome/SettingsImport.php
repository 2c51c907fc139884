<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\Issuer;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Problem;

/**
 * What the settings of the official Logto plugin become.
 */
final class SettingsImport extends Outcome
{
    /**
     * @param array<array-key, mixed> $values Every setting with the value to store.
     * @param list<string> $fields The settings that come from that plugin.
     * @param list<Problem> $problems What stays as it is, and why.
     * @param null|Issuer $issuer Without it, no connection can be imported.
     */
    public function __construct(
        public readonly array $values,
        public readonly array $fields,
        public readonly array $problems,
        public readonly null|Issuer $issuer,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->map('values')->values(),
            $json->list('fields')->strings(),
            array_map(Problem::read(...), $json->list('problems')->objects()),
            $json->value('issuer') === null ? null : Issuer::read($json->object('issuer')),
        );
    }
}
