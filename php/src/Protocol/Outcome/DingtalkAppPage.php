<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\SetCookie;

/**
 * Show the page that asks the DingTalk app for a code, then posts `code` and `state`.
 */
final class DingtalkAppPage extends Outcome
{
    /**
     * @param string $corp_id The organization that owns the application.
     * @param string $submit_to Where to post both.
     * @param string $fallback Where to go when the app gives no code: DingTalk in the browser.
     * @param list<SetCookie> $cookies
     */
    public function __construct(
        public readonly string $corp_id,
        public readonly string $client_id,
        public readonly string $state,
        public readonly string $submit_to,
        public readonly string $fallback,
        public readonly array $cookies,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->string('corp_id'),
            $json->string('client_id'),
            $json->string('state'),
            $json->string('submit_to'),
            $json->string('fallback'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
        );
    }
}
