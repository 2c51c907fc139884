<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\SetCookie;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * A sign-in that another plugin interrupted, as it is kept with the user: the outcome of the core, word for word.
 */
final class Unfinished
{
    /** The cookie with the secret of the browser. */
    public const COOKIE = 'wordpress_logtosignin_unfinished';

    public const LIFETIME_SECS = 900;

    private const MAX_DEPTH = 64;

    /**
     * @param int $site Number of the site where it began: its roles are meant.
     * @param int $began Unix time.
     * @param string $browser SHA-256 of the secret that the browser has.
     * @param int $tries How many codes of a second factor were wrong.
     * @param bool $ended Whether the provider ended the session meanwhile.
     */
    public function __construct(
        public readonly SignedIn $outcome,
        public readonly Provider $provider,
        public readonly int $site,
        public readonly int $began,
        public readonly string $browser,
        public readonly int $tries = 0,
        public readonly bool $ended = false,
    ) {
    }

    public function is_expired(): bool
    {
        return $this->began + self::LIFETIME_SECS < time();
    }

    /**
     * Whether this request is of the browser where it began, on the same site.
     */
    public function is_here(): bool
    {
        $secret = Input::string(Input::to_map($_COOKIE), self::COOKIE);

        return $this->site === get_current_blog_id() && hash_equals($this->browser, hash('sha256', $secret));
    }

    /**
     * Wherever a session of WordPress is known.
     */
    public static function set_cookie(string $value, int $max_age): void
    {
        $paths = array_values(array_unique([COOKIEPATH, SITECOOKIEPATH]));
        Response::set_cookies(array_map(static fn(string $path): SetCookie => new SetCookie(self::COOKIE, $value, $max_age, $path, is_ssl()), $paths));
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

            $tries = $json->has('tries') ? $json->int('tries') : 0;

            return new self($outcome, $provider, $json->int('site'), $json->int('began'), $json->string('browser'), $tries, $json->has('ended') && $json->bool('ended'));
        } catch (InvalidReply) {
            return null;
        }
    }
}
