<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Providers\Provider;

/**
 * A sign-in that another plugin interrupted, as it is kept with the user: the outcome of the core, word for word.
 */
final class Unfinished
{
    private const MAX_DEPTH = 64;

    /**
     * @param int $site Number of the site where it began: its roles are meant.
     * @param int $began Unix time.
     * @param string $browser SHA-256 of the secret that the browser has.
     */
    public function __construct(
        public readonly SignedIn $outcome,
        public readonly Provider $provider,
        public readonly int $site,
        public readonly int $began,
        public readonly string $browser,
    ) {
    }

    /**
     * What was kept; null when another version of the plugin kept something else.
     */
    public static function read(string $stored): null|self
    {
        $decoded = json_decode($stored, false, self::MAX_DEPTH);
        if (!$decoded instanceof \stdClass) {
            return null;
        }

        $json = new JsonObject($decoded, 'unfinished');
        try {
            $outcome = Outcome::read($json->object('outcome'));
            $provider = Provider::tryFrom($json->string('provider'));
            if (!$outcome instanceof SignedIn || $provider === null) {
                return null;
            }

            return new self($outcome, $provider, $json->int('site'), $json->int('began'), $json->string('browser'));
        } catch (InvalidReply) {
            return null;
        }
    }
}
