<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * The rows of a list of users: their column of sign-in methods, and the links below each name. One query asks for the
 * sign-in methods of all rows, when the first is drawn.
 */
final class Rows
{
    public const COLUMN = 'logto_ways';

    /** The name of each user as pages show it. */
    public const NAME = 'logto_name';

    /** @var array<int, list<string>>|null Issuers by user. */
    private null|array $issuers = null;

    public function __construct(
        private readonly \WP_User_Query $query,
    ) {
    }

    public function cell(mixed $output, mixed $column = '', mixed $user_id = 0): mixed
    {
        return match ($column) {
            self::COLUMN => $this->methods(Input::to_int($user_id)),
            self::NAME => self::name(Input::to_int($user_id)),
            default => $output,
        };
    }

    /**
     * The display name, unless the user chose one that is not made of the parts of the name.
     */
    private static function name(int $user_id): string
    {
        $user = get_userdata($user_id);
        if ($user === false) {
            return '';
        }

        $parts = array_filter([trim($user->first_name), trim($user->last_name)], static fn(string $part): bool => $part !== '');
        $missing = array_filter($parts, static fn(string $part): bool => !str_contains($user->display_name, $part));

        return esc_html($missing === [] ? $user->display_name : implode(' ', $parts));
    }

    private function methods(int $user_id): string
    {
        $providers = $this->providers($user_id);
        $html = $providers === []
            ? '<span aria-hidden="true">–</span><span class="screen-reader-text">' . esc_html__('No sign-in method', 'logto-sign-in') . '</span>'
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
            $actions[Actions::UNLINK] = self::link(Actions::UNLINK, $user, __('Disconnect sign-in methods', 'logto-sign-in'));
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
        $this->issuers ??= Issuers::of_users($this->ids());
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
