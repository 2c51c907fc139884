<?php

declare(strict_types=1);

namespace LogtoSignIn\ActivityList;

use LogtoSignIn\Activity\Streak;
use LogtoSignIn\Messages\Catalog;

/**
 * Tells admins that sign-ins fail in a row, until one succeeds.
 */
final class FailureNotice
{
    public static function show(): void
    {
        $screen = get_current_screen();
        if ($screen === null || $screen->id !== 'dashboard' && !str_contains($screen->id, 'logto-sign-in') || !current_user_can('manage_options')) {
            return;
        }

        $code = Streak::code();
        if ($code === '') {
            return;
        }

        $message = Catalog::of($code);
        printf(
            '<div class="notice notice-error"><p><strong>%s</strong> %s <a href="%s"><code>%s</code></a></p><p>%s <a href="%s">%s</a></p></div>',
            /* translators: %s: number of sign-ins. */
            esc_html(sprintf(__('The last %s sign-ins failed.', 'logto-sign-in'), number_format_i18n(Streak::LIMIT))),
            esc_html($message->message),
            esc_url(Catalog::help_url($message->code)),
            esc_html($code),
            esc_html($message->advice),
            esc_url(Page::url()),
            esc_html__('See the activity', 'logto-sign-in'),
        );
    }
}
