<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Transport\Transports;

/**
 * How long no transport has been available, as visits of the login page find out.
 */
final class Outage
{
    private const TRANSIENT = 'logto_sign_in_outage';

    /** Seconds after which it counts as lasting. */
    private const LASTING_SECS = 300;

    /** Seconds after which an outage that no visit met again is forgotten. */
    private const MEMORY_SECS = 900;

    /** Seconds between two writes. */
    private const NOTE_SECS = 60;

    /**
     * Whether every visit for at least five minutes found none.
     */
    public static function is_lasting(): bool
    {
        $noted = Input::to_map(get_site_transient(self::TRANSIENT));
        if (Transports::available(self::NOTE_SECS) !== null) {
            if ($noted !== []) {
                delete_site_transient(self::TRANSIENT);
            }

            return false;
        }

        $now = time();
        $since = Input::int($noted, 'since', $now);
        $is_lasting = $now - $since >= self::LASTING_SECS;
        $is_told = Input::bool($noted, 'told');
        if ($noted === [] || $is_lasting && !$is_told || $now - Input::int($noted, 'seen') >= self::NOTE_SECS) {
            set_site_transient(self::TRANSIENT, ['since' => $since, 'seen' => $now, 'told' => $is_lasting], self::MEMORY_SECS);
        }

        if ($is_lasting && !$is_told) {
            Log::write('password_login_opened', 'no transport has been available for five minutes: passwords work until there is one');
        }

        return $is_lasting;
    }
}
