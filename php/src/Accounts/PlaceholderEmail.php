<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;

/**
 * Visitors without an email address have a placeholder under `.invalid` (RFC 2606 §2). Mail to it would only bounce.
 */
final class PlaceholderEmail
{
    /**
     * Filter `wp_mail`: the placeholders are taken out of the message. `pre_wp_mail` comes next, and drops what is left of it.
     *
     * @param mixed $message Arguments of wp_mail().
     */
    public static function check(mixed $message): mixed
    {
        add_filter('pre_wp_mail', [self::class, 'drop'], 10, 2);

        return self::strip($message);
    }

    /**
     * A message without the placeholders among its recipients; one that has no other recipients stays as it is.
     */
    private static function strip(mixed $message): mixed
    {
        if (!is_array($message)) {
            return $message;
        }

        $recipients = self::recipients($message['to'] ?? '');
        $real = array_filter($recipients, static fn($recipient) => !self::is_placeholder($recipient));
        if ($real !== [] && count($real) < count($recipients)) {
            $message['to'] = array_values($real);
        }

        return $message;
    }

    /**
     * Drops a message that has placeholders for recipients and nobody else. It counts as sent: nothing is amiss.
     *
     * @param mixed $message Arguments of wp_mail().
     */
    public static function drop(mixed $sent, mixed $message): mixed
    {
        $recipients = self::recipients(Input::to_map($message)['to'] ?? '');
        $placeholders = array_filter($recipients, self::is_placeholder(...));

        return $recipients !== [] && count($placeholders) === count($recipients) ? true : $sent;
    }

    public static function is_placeholder(string $recipient): bool
    {
        return preg_match('/@[^@>\s]*\.invalid\s*>?\s*$/i', $recipient) === 1;
    }

    /**
     * @return list<string>
     */
    private static function recipients(mixed $to): array
    {
        $all = is_string($to) ? explode(',', $to) : Input::to_strings($to);

        return array_values(array_filter(array_map('trim', $all), static fn($recipient) => $recipient !== ''));
    }
}
