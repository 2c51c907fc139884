<?php

declare(strict_types=1);

namespace LogtoSignIn\ActivityList;

use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * Logto › Activity: who signed in, who was refused and why, and whose sign-in methods changed.
 */
final class Page
{
    public const SLUG = 'logto-sign-in-activity';

    /** The nonce of a download. */
    public const EXPORT = 'logto_sign_in_export';

    private static null|Table $table = null;

    public static function add(string $parent): void
    {
        $activity = __('Activity', 'logto-sign-in');
        $hook = add_submenu_page($parent, $activity . ' ‹ ' . __('Logto Sign-In', 'logto-sign-in'), $activity, 'manage_options', self::SLUG, [self::class, 'render']);
        if (is_string($hook)) {
            add_action('load-' . $hook, [self::class, 'load']);
        }
    }

    /**
     * Before anything is printed: a download ends here, and the columns of the list become screen options.
     */
    public static function load(): void
    {
        if (!current_user_can('manage_options')) {
            Access::deny();
        }

        $format = Request::query('export');
        if ($format !== '') {
            check_admin_referer(self::EXPORT);
            Export::send($format, self::filter());

            exit();
        }

        require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';
        self::$table = new Table();
    }

    public static function render(): void
    {
        $table = self::$table;
        if ($table === null || !current_user_can('manage_options')) {
            return;
        }

        $table->prepare_items();
        echo '<div class="wrap logto-activity"><h1>' . esc_html__('Activity', 'logto-sign-in') . '</h1>';
        echo '<p>' . esc_html(self::about()) . '</p>';
        printf('<form method="get" action="%s">', esc_url(admin_url('admin.php')));
        echo '<input type="hidden" name="page" value="' . esc_attr(self::SLUG) . '">';
        $table->display();
        echo '</form></div>';
    }

    /**
     * @param array<string, string> $parameters
     */
    public static function url(array $parameters = []): string
    {
        return add_query_arg(array_map('rawurlencode', $parameters), admin_url('admin.php?page=' . self::SLUG));
    }

    /**
     * What the address asks for. The names of the form have a prefix, since WordPress has meanings for some of them.
     */
    public static function filter(): Filter
    {
        $values = [];
        foreach (Input::to_map($_GET) as $name => $_) {
            if (!str_starts_with((string) $name, 'logto_')) {
                continue;
            }

            $values[substr((string) $name, 6)] = Request::query((string) $name);
        }

        return Filter::read($values);
    }

    private static function about(): string
    {
        $days = Recorder::days();

        return $days === 0
            ? __('Recording is off. To turn it on, enter a number of days under “Activity” in Logto › Settings.', 'logto-sign-in')
            /* translators: %s: number of days. */
            : sprintf(_n('Entries are deleted after %s day.', 'Entries are deleted after %s days.', $days, 'logto-sign-in'), number_format_i18n($days));
    }
}
