<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * Records what happens, once it is decided. A sign-in does not depend on it: a database that refuses leaves a line in the
 * log, and nothing else.
 */
final class Recorder
{
    /** The code of a sign-in with a link of WP-CLI. */
    public const SIGN_IN_LINK = 'sign_in_link';

    private const DAY_SECS = 86_400;

    /**
     * @param string $issuer_hash SHA-256 of the issuer.
     */
    public static function signed_in(int $user_id, string $issuer_hash): void
    {
        $is_dingtalk = hash_equals(hash('sha256', Provider::DINGTALK_ISSUER), $issuer_hash);
        self::record(new Event(Kind::SignedIn, provider: $is_dingtalk ? Provider::Dingtalk : Provider::Logto, user_id: $user_id));
        Streak::end();
    }

    /**
     * @param int $status HTTP status of the refusal.
     */
    public static function refused(string $code, int $status, null|Provider $provider, int $user_id): void
    {
        self::record(new Event(Kind::Refused, $code, $provider, $user_id, cause: Log::cause($code)));
        Streak::refused($code, $status);
    }

    public static function signed_out(int $user_id, Provider $provider): void
    {
        self::record(new Event(Kind::SignedOut, provider: $provider, user_id: $user_id));
    }

    public static function record(Event $event): void
    {
        if (self::days() === 0) {
            return;
        }

        try {
            Records::add($event, Settings::current()->flag('activity_ip') ? self::ip() : '', time());
        } catch (DatabaseFailure $failure) {
            Log::write('activity_not_recorded', $failure->getMessage());
        }
    }

    /**
     * Days for which a row is kept; 0 when nothing is recorded.
     */
    public static function days(): int
    {
        return Input::int(Settings::current()->stored, 'activity_days', Input::int(Defaults::TEXTS, 'activity_days'));
    }

    /**
     * Action `wp_scheduled_delete`, which WordPress fires once a day on each site.
     */
    public static function prune(): void
    {
        $days = self::days();
        Records::remove_before($days === 0 ? PHP_INT_MAX : time() - ($days * self::DAY_SECS));
    }

    /**
     * The address that WordPress has, which a web server behind a proxy has to set.
     */
    private static function ip(): string
    {
        $ip = filter_var(Request::server('REMOTE_ADDR'), FILTER_VALIDATE_IP);

        return is_string($ip) ? $ip : '';
    }
}
