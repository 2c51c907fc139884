<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Lines for the admin: a stable code and the cause, in PHP's error log.
 */
final class Log
{
    private const LONGEST = 500;

    public static function write(string $code, string $cause): void
    {
        $code = (string) preg_replace('/[^a-z0-9_]/', '', $code);
        $cause = self::sanitize($cause);

        error_log('Logto Sign-In: [' . $code . '] ' . $cause);

        /**
         * A line for the log: for sites that keep an audit log of their own.
         *
         * @since 0.1.0
         *
         * @param string $code  Stable code.
         * @param string $cause The cause; without secrets, tokens and cookies.
         */
        do_action('logto_sign_in_log', $code, $cause);
    }

    /**
     * No line breaks (nobody may forge a line) and no secret, wherever the text came from.
     */
    private static function sanitize(string $cause): string
    {
        /**
         * Filters the secrets that no line of the log may hold.
         *
         * @since 0.1.0
         *
         * @param list<string> $secrets Each is replaced by “[redacted]”.
         */
        foreach (array_filter(Input::to_strings(apply_filters('logto_sign_in_secrets', []))) as $secret) {
            $cause = str_replace([$secret, rawurlencode($secret)], '[redacted]', $cause);
        }

        // Bytes that are not UTF-8 become the replacement character.
        $cause = (string) json_decode((string) json_encode($cause, JSON_INVALID_UTF8_SUBSTITUTE));

        return mb_substr((string) preg_replace('/[\x00-\x1F\x7F]+/', ' ', $cause), 0, self::LONGEST);
    }
}
