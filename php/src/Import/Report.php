<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\LinkVerdict;
use LogtoSignIn\Support\Input;

/**
 * Prints how a run went: counts, the links that nobody gets, and the settings.
 */
final class Report
{
    /**
     * @param array<array-key, mixed> $run
     */
    public static function show(array $run): void
    {
        printf('<h2>%s</h2>', esc_html(Labels::title($run)));
        self::error($run);
        if (!Input::bool($run, 'finished')) {
            self::progress($run);

            return;
        }

        if (Input::string($run, 'kind') === Run::UNDO) {
            printf('<p>%s</p>', esc_html(Labels::undone($run)));

            return;
        }

        self::settings($run);
        self::counts($run);
        self::shown(Input::to_maps($run['shown'] ?? null));
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function error(array $run): void
    {
        $code = Input::string($run, 'error');
        if ($code !== '') {
            $message = Catalog::of($code);
            printf('<div class="notice notice-error inline"><p>%s %s [%s]</p></div>', esc_html($message->message), esc_html($message->advice), esc_html($code));
        }
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function progress(array $run): void
    {
        [$done, $total] = [Input::int($run, 'done'), Input::int($run, 'total')];
        printf('<p><label for="logto-progress">%s</label> ', esc_html__('Progress', 'logto-sign-in'));
        printf('<progress id="logto-progress" max="%d" value="%d"></progress> ', (int) max(1, $total), (int) $done);
        /* translators: 1: number of links that are done, 2: number of all links. */
        printf('%s</p>', esc_html(sprintf(__('%1$s of %2$s', 'logto-sign-in'), number_format_i18n($done), number_format_i18n($total))));
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function settings(array $run): void
    {
        $fields = array_map(Labels::field(...), Input::strings($run, 'fields'));
        if ($fields !== []) {
            /* translators: %s: list of the names of settings. */
            printf('<p>%s</p>', esc_html(sprintf(__('Settings to import: %s.', 'logto-sign-in'), implode(', ', $fields))));
        }

        $problems = array_map(Labels::problem(...), Input::to_maps($run['problems'] ?? null));
        if ($problems !== []) {
            printf('<p>%s</p>', esc_html__('These settings are not imported:', 'logto-sign-in'));
            printf('<ul class="ul-disc"><li>%s</li></ul>', implode('</li><li>', array_map('esc_html', $problems)));
        }
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function counts(array $run): void
    {
        $counts = self::by_verdict(Input::map($run, 'counts'));
        $done = Input::string($run, 'kind') === Run::IMPORT;
        echo '<table class="widefat striped logto-table"><thead><tr>';
        printf('<th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>', esc_html__('Connections', 'logto-sign-in'), esc_html__('Number', 'logto-sign-in'));
        $named = array_filter(LinkVerdict::cases(), static fn(LinkVerdict $verdict): bool => isset($counts[$verdict->value]));
        foreach ($named as $verdict) {
            printf('<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html(Labels::verdict($verdict, $done)), esc_html(number_format_i18n($counts[$verdict->value] ?? 0)));
        }

        echo '</tbody></table>';
    }

    /**
     * @param array<array-key, mixed> $counts
     *
     * @return array<string, int> The two that are of interest even when they are 0 are always there.
     */
    private static function by_verdict(array $counts): array
    {
        $numbers = [LinkVerdict::New->value => 0, LinkVerdict::AlreadyLinked->value => 0];
        foreach (array_keys($counts) as $name) {
            $verdict = Labels::stored_verdict((string) $name)->value;
            $numbers[$verdict] = ($numbers[$verdict] ?? 0) + Input::int($counts, (string) $name);
        }

        return $numbers;
    }

    /**
     * @param list<array<array-key, mixed>> $links
     */
    private static function shown(array $links): void
    {
        if ($links === []) {
            return;
        }

        /* translators: %s: a number. */
        printf('<h3>%s</h3>', esc_html(sprintf(__('Connections not imported (first %s)', 'logto-sign-in'), number_format_i18n(Run::SHOWN))));
        echo '<table class="widefat striped logto-table"><thead><tr>';
        foreach ([__('User', 'logto-sign-in'), __('Subject', 'logto-sign-in'), __('Reason', 'logto-sign-in'), __('What to do', 'logto-sign-in')] as $heading) {
            printf('<th scope="col">%s</th>', esc_html($heading));
        }

        echo '</tr></thead><tbody>';
        cache_users(array_map(static fn(array $link): int => Input::int($link, 'user_id'), $links));
        foreach ($links as $link) {
            $verdict = Labels::stored_verdict(Input::string($link, 'verdict'));
            printf('<tr><th scope="row">%s</th>', wp_kses_post(self::user(Input::int($link, 'user_id'))));
            printf('<td><code>%s</code></td>', esc_html(Input::string($link, 'subject')));
            printf('<td>%s</td><td>%s</td></tr>', esc_html(Labels::verdict($verdict, true)), esc_html(Labels::advice($verdict)));
        }

        echo '</tbody></table>';
    }

    private static function user(int $user_id): string
    {
        $user = get_userdata($user_id);
        if ($user === false) {
            return esc_html('#' . $user_id);
        }

        return sprintf('<a href="%s">%s</a><br>%s', esc_url(get_edit_user_link($user_id)), esc_html($user->user_login), esc_html($user->user_email));
    }
}
