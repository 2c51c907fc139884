<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\JsonObject;

/**
 * The access token of a request to the REST API is another issuer's: another plugin may know it.
 */
final class OtherIssuer extends Outcome
{
    protected static function from(JsonObject $json): self
    {
        return new self();
    }
}
