<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * The list of users, of a site and of a network: its column of sign-in methods and the links below each name, added
 * while the list is shown, and only then. One query asks for the sign-in methods of all rows, when the first is drawn.
 */
final class Rows
{
    private const COLUMN = 'logto_ways';

    /** Marks the query of the list among the queries for users. */
    private const MARK = 'logto_sign_in_list';

    /** @var array<int, list<string>>|null Issuers by user. */
    private null|array $issuers = null;

    private function __construct(
        private readonly \WP_User_Query $query,
    ) {
    }

    public static function load(): void
    {
        Confirmation::open();
        $network = is_network_admin();
        $screen = $network ? 'users-network' : 'users';
        add_filter($network ? 'wpmu_users_columns' : 'manage_users_columns', [self::class, 'columns'], 99);
        add_filter('users_list_table_query_args', [self::class, 'mark'], 99);
        add_action('pre_user_query', [self::class, 'begin']);
        add_action('manage_users_extra_tablenav', [Filter::class, 'show']);
        add_filter('views_' . $screen, [Filter::class, 'views']);
        add_filter('bulk_actions-' . $screen, [Actions::class, 'bulk']);
        add_filter(($network ? 'handle_network_bulk_actions-' : 'handle_bulk_actions-') . $screen, [Actions::class, 'handle'], 10, 3);
        add_filter('removable_query_args', [Notice::class, 'removable']);
        add_action($network ? 'network_admin_notices' : 'admin_notices', [Notice::class, 'show']);
    }

    /**
     * @param array<array-key, mixed> $columns
     *
     * @return array<array-key, mixed>
     */
    public static function columns(array $columns): array
    {
        return $columns + [self::COLUMN => __('Sign-in', 'logto-sign-in')];
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
        $rows = new self($query);
        add_filter('manage_users_custom_column', [$rows, 'cell'], 10, 3);
        add_filter(is_network_admin() ? 'ms_user_row_actions' : 'user_row_actions', [$rows, 'links'], 10, 2);
    }

    public function cell(mixed $output, mixed $column = '', mixed $user_id = 0): mixed
    {
        return $column === self::COLUMN ? $this->methods(Input::to_int($user_id)) : $output;
    }

    private function methods(int $user_id): string
    {
        $providers = $this->providers($user_id);
        $html = $providers === []
            ? '<span aria-hidden="true">–</span><span class="screen-reader-text">' . esc_html__('No linked sign-in', 'logto-sign-in') . '</span>'
            : esc_html(implode(', ', $providers));

        // The list has read the meta of all its users at once.
        return UserMeta::is_pending($user_id) ? $html . '<br><strong>' . esc_html__('Pending', 'logto-sign-in') . '</strong>' : $html;
    }

    /**
     * @param array<array-key, mixed> $actions
     *
     * @return array<array-key, mixed>
     */
    public function links(array $actions, \WP_User $user): array
    {
        // Roles are given on a site, not on the network.
        if (!is_network_admin() && UserMeta::is_pending($user->ID) && Approval::current_user_can_approve($user->ID)) {
            $actions = [Actions::APPROVE => self::link(Actions::APPROVE, $user, __('Approve', 'logto-sign-in'))] + $actions;
        }

        if ($this->providers($user->ID) !== [] && AdminLink::current_user_can_change($user->ID)) {
            $actions[Actions::UNLINK] = self::link(Actions::UNLINK, $user, __('Unlink sign-in', 'logto-sign-in'));
        }

        return $actions;
    }

    private static function link(string $action, \WP_User $user, string $label): string
    {
        return sprintf('<a href="%s">%s</a>', esc_url(Confirmation::url($action, $user->ID)), esc_html($label));
    }

    /**
     * Each kind of provider that a user signs in with, once.
     *
     * @return list<string>
     */
    private function providers(int $user_id): array
    {
        $this->issuers ??= Identities::issuers($this->ids());
        $label = static fn(string $issuer): string => Provider::of_issuer($issuer)->label();

        return array_values(array_unique(array_map($label, $this->issuers[$user_id] ?? [])));
    }

    /**
     * @return list<int>
     */
    private function ids(): array
    {
        $ids = [];
        foreach ($this->query->get_results() as $user) {
            $ids[] = $user instanceof \WP_User ? $user->ID : Input::to_int($user);
        }

        return $ids;
    }
}
