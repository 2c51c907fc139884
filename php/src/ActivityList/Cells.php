<?php

declare(strict_types=1);

namespace LogtoSignIn\ActivityList;

use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Input;

/**
 * The cells of a row, as HTML.
 */
final class Cells
{
    public static function time(Record $record): string
    {
        $format = Input::to_string(get_option('date_format')) . ' ' . Input::to_string(get_option('time_format'));

        return sprintf('<time datetime="%s">%s</time>', esc_attr(gmdate('c', $record->happened)), esc_html((string) wp_date($format, $record->happened)));
    }

    public static function event(Record $record): string
    {
        /* translators: %s: number of times. */
        $times = $record->times > 1 ? ' <span class="count">' . esc_html(sprintf(__('(%s times)', 'logto-sign-in'), number_format_i18n($record->times))) . '</span>' : '';

        return esc_html($record->kind_label()) . $times;
    }

    public static function user(Record $record): string
    {
        $user = self::name($record->user_id);
        /* translators: %s: name of an administrator. */
        $by = esc_html__('by %s', 'logto-sign-in');

        return $record->actor_id === 0 ? $user : sprintf('%s<br>' . $by, $user, self::name($record->actor_id));
    }

    /**
     * What the visitor read, with a link to what the admin can do, and below it what the log says.
     */
    public static function cause(Record $record): string
    {
        $parts = [];
        if ($record->kind === Kind::Refused->value) {
            $message = Catalog::of($record->code);
            $url = Catalog::help_url($message->code);
            $parts[] = sprintf('%s <a href="%s"><code>%s</code></a>', esc_html($message->message), esc_url($url), esc_html($record->code));
        }

        if ($record->code === Recorder::SIGN_IN_LINK) {
            $parts[] = esc_html__('Sign-in link from WP-CLI', 'logto-sign-in');
        }

        foreach (array_filter([$record->cause, $record->ip], static fn(string $text): bool => $text !== '') as $text) {
            $parts[] = '<span class="description">' . esc_html($text) . '</span>';
        }

        return implode('<br>', $parts);
    }

    private static function name(int $user_id): string
    {
        if ($user_id === 0) {
            return '<span aria-hidden="true">–</span>';
        }

        $user = get_userdata($user_id);
        if ($user === false) {
            /* translators: %s: number of a user. */
            return esc_html(sprintf(__('Deleted user %s', 'logto-sign-in'), (string) $user_id));
        }

        $name = esc_html($user->display_name === $user->user_login ? $user->display_name : sprintf('%s (%s)', $user->display_name, $user->user_login));
        $url = get_edit_user_link($user_id);

        return $url === '' ? $name : sprintf('<a href="%s">%s</a>', esc_url($url), $name);
    }
}
