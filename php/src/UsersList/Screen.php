<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

/**
 * The list of users, of a site and of a network: what is added to it while it is shown, and only then.
 */
final class Screen
{
    /** Marks the query of the list among the queries for users. */
    private const MARK = 'logto_sign_in_list';

    public static function load(): void
    {
        Confirmation::open();
        $network = is_network_admin();
        $screen = $network ? 'users-network' : 'users';
        add_filter($network ? 'wpmu_users_columns' : 'manage_users_columns', [self::class, 'columns'], 99);
        add_filter('users_list_table_query_args', [self::class, 'mark'], 99);
        add_action('pre_user_query', [self::class, 'begin']);
        add_action('admin_head', [self::class, 'style']);
        add_action('manage_users_extra_tablenav', [Filter::class, 'show']);
        add_filter('views_' . $screen, [Filter::class, 'views']);
        add_filter('bulk_actions-' . $screen, [Actions::class, 'bulk']);
        add_filter(($network ? 'handle_network_bulk_actions-' : 'handle_bulk_actions-') . $screen, [Actions::class, 'handle'], 10, 3);
        add_filter('removable_query_args', [Notice::class, 'removable']);
        add_action($network ? 'network_admin_notices' : 'admin_notices', [Notice::class, 'show']);
    }

    /**
     * WordPress hides what is above a list on small screens.
     */
    public static function style(): void
    {
        echo '<style>@media (max-width: 782px) { .tablenav.top .actions.logto-with { display: block; width: 100%; } }</style>';
    }

    /**
     * @param array<array-key, mixed> $columns
     *
     * @return array<array-key, mixed>
     */
    public static function columns(array $columns): array
    {
        // In the place of WordPress's column, which joins the parts of a name in one order for all languages.
        $names = array_map(static fn(string|int $column): string => $column === 'name' ? Rows::NAME : (string) $column, array_keys($columns));

        return array_combine($names, $columns) + [Rows::COLUMN => __('Sign-in', 'logto-sign-in')];
    }

    /**
     * @param array<array-key, mixed> $arguments
     *
     * @return array<array-key, mixed>
     */
    public static function mark(array $arguments): array
    {
        return [self::MARK => true] + $arguments;
    }

    /**
     * The list's query is about to run; its rows will ask who signs in with what.
     */
    public static function begin(\WP_User_Query $query): void
    {
        if ($query->get(self::MARK) !== true) {
            return;
        }

        Filter::narrow($query);
        $rows = new Rows($query);
        add_filter('manage_users_custom_column', [$rows, 'cell'], 10, 3);
        add_filter(is_network_admin() ? 'ms_user_row_actions' : 'user_row_actions', [$rows, 'links'], 10, 2);
    }
}
