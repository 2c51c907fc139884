<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Mail of the plugin, as its filters leave it.
 */
final class Mailer
{
    /**
     * @param mixed $mail `to` (one or several addresses), `subject` and `message`; anything else is no mail.
     *
     * @return bool Whether it left.
     */
    public static function send(mixed $mail): bool
    {
        $mail = Input::to_map($mail);
        $to = Input::string($mail, 'to') === '' ? Input::strings($mail, 'to') : Input::string($mail, 'to');

        return $to !== [] && wp_mail($to, Input::string($mail, 'subject'), Input::string($mail, 'message') . "\n");
    }

    /**
     * The name of the site, for a subject: without HTML's escapes.
     */
    public static function site_name(): string
    {
        return wp_specialchars_decode(Input::to_string(get_option('blogname')), ENT_QUOTES);
    }

    /**
     * Has a text written in a language.
     *
     * @template T
     *
     * @param callable(): T $write
     *
     * @return T
     */
    public static function in_language(string $locale, callable $write): mixed
    {
        $switched = switch_to_locale($locale);
        try {
            return $write();
        } finally {
            if ($switched) {
                restore_previous_locale();
            }
        }
    }
}
