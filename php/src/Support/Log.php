<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Lines for the admin: a stable code and the cause, in PHP's error log. Of one code, so many lines a minute say enough:
 * whoever makes the plugin refuse them over and over cannot fill a disk with it.
 */
final class Log
{
    /** Lines of one code within a minute. */
    public const LINES_PER_MINUTE = 20;

    /** The lines of this minute by code, for all requests. */
    private const TRANSIENT = 'logto_sign_in_log';

    private const LONGEST = 500;

    /** @var array<string, string> The last cause of each code in this request. */
    private static array $causes = [];

    public static function write(string $code, string $cause): void
    {
        $code = (string) preg_replace('/[^a-z0-9_]/', '', $code);
        $cause = self::sanitize($cause);
        self::$causes[$code] = $cause;

        $lines = self::count($code);
        if ($lines <= self::LINES_PER_MINUTE) {
            $last = $lines === self::LINES_PER_MINUTE ? ' (the last line of this code for up to a minute)' : '';
            Functions::call('error_log', 'Logto Sign-In: [' . $code . '] ' . $cause . $last);
        }

        /**
         * A line for the log, whether it is written or one too many: for sites that keep an audit log of their own.
         *
         * @since 0.1.0
         *
         * @param string $code  Stable code.
         * @param string $cause The cause; without secrets, tokens and cookies.
         */
        do_action('logto_sign_in_log', $code, $cause);
    }

    /**
     * The last cause of a code in this request, as it was logged; empty when there is none.
     */
    public static function cause(string $code): string
    {
        return self::$causes[$code] ?? '';
    }

    /**
     * How many lines of a code there are in this minute, with this one. Two requests at once may count as one, and beyond
     * the limit nothing is stored: then a line costs one look.
     */
    private static function count(string $code): int
    {
        $minute = intdiv(time(), 60);
        $known = Input::to_map(get_transient(self::TRANSIENT));
        $counts = Input::int($known, 'minute') === $minute ? Input::map($known, 'counts') : [];
        $lines = Input::int($counts, $code) + 1;
        if ($lines <= self::LINES_PER_MINUTE + 1) {
            set_transient(self::TRANSIENT, ['minute' => $minute, 'counts' => [$code => $lines] + $counts], 60);
        }

        return $lines;
    }

    /**
     * No line breaks (nobody may forge a line) and no secret, wherever the text came from.
     */
    private static function sanitize(string $cause): string
    {
        /**
         * Filters the secrets that no line of the log may hold.
         *
         * @since 0.2.0
         *
         * @param list<string> $secrets Each is replaced by “[redacted]”.
         */
        foreach (array_filter(Input::to_strings(apply_filters('logto_sign_in_secrets', []))) as $secret) {
            $forms = [$secret, rawurlencode($secret), urlencode($secret), trim((string) wp_json_encode($secret), '"')];
            $cause = str_replace($forms, '[redacted]', $cause);
        }

        return mb_substr((string) preg_replace('/[\x00-\x1F\x7F]+/', ' ', Text::to_utf8($cause)), 0, self::LONGEST);
    }
}
