<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * The sessions that the provider ended have ended here.
 */
final class LoggedOut extends Outcome
{
    /**
     * @param string $framed_by The origin whose pages may show the answer in a frame; empty for none.
     */
    public function __construct(
        public readonly string $framed_by,
    ) {
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self($json->string('framed_by'));
    }
}
