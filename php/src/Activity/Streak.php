<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * Sign-ins that fail in a row because of the server, the settings or the provider. One that succeeds ends the row; a
 * visitor who cancels, comes too late or may not sign in says nothing about it.
 */
final class Streak
{
    /** So many are no accident. */
    public const LIMIT = 5;

    /** Seconds between two mails. */
    private const MAIL_EVERY_SECS = 86_400;

    /** Loaded with WordPress's other options, so that a sign-in reads it without a query. */
    private const OPTION = 'logto_sign_in_failures';

    /**
     * @param int $status HTTP status of the refusal: of 500 and above, a visitor is not the cause (RFC 9110 §15.6).
     */
    public static function refused(string $code, int $status): void
    {
        if ($status < 500 || !Settings::current()->is_configured()) {
            return;
        }

        $count = min(self::count() + 1, self::LIMIT);
        // Beyond the limit there is nothing to write: an outage costs no more with more visitors.
        if ($count > self::count()) {
            update_option(self::OPTION, ['count' => $count, 'code' => $code], true);
        }

        if ($count === self::LIMIT && Settings::current()->flag('failure_mail') && self::is_first_today()) {
            // The visitor's page first.
            add_action('shutdown', static fn() => StreakMail::send($code));
        }
    }

    public static function end(): void
    {
        // WordPress would query for an option that does not exist, at each sign-in.
        if (get_option(self::OPTION) !== []) {
            update_option(self::OPTION, [], true);
        }
    }

    /**
     * The code of the row's last failure; empty while sign-ins work.
     */
    public static function code(): string
    {
        return self::count() < self::LIMIT ? '' : Input::string(Input::to_map(get_option(self::OPTION)), 'code');
    }

    private static function count(): int
    {
        return Input::int(Input::to_map(get_option(self::OPTION)), 'count');
    }

    /**
     * Of many requests at once, one sends the mail.
     */
    private static function is_first_today(): bool
    {
        return UsedStates::mark('failure mail of site ' . get_current_blog_id(), time() + self::MAIL_EVERY_SECS) === StateUse::First;
    }
}
