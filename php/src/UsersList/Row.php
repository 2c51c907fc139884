<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;

/**
 * The plugin's links below a name in a list of users. Both lead to a page that asks first.
 */
final class Row
{
    public function __construct(
        private readonly Listed $listed,
    ) {
    }

    /**
     * @param array<array-key, mixed> $actions
     *
     * @return array<array-key, mixed>
     */
    public function links(array $actions, \WP_User $user): array
    {
        // Roles are given on a site, not on the network.
        if (!is_network_admin() && Approval::is_pending($user->ID) && Approval::current_user_can_approve($user->ID)) {
            $actions = [Actions::APPROVE => self::link(Actions::APPROVE, $user, __('Approve', 'logto-sign-in'))] + $actions;
        }

        if ($this->listed->kinds($user->ID) !== [] && AdminLink::current_user_can_change($user->ID)) {
            $actions[Actions::UNLINK] = self::link(Actions::UNLINK, $user, __('Unlink sign-in', 'logto-sign-in'));
        }

        return $actions;
    }

    private static function link(string $action, \WP_User $user, string $label): string
    {
        return sprintf('<a href="%s">%s</a>', esc_url(Confirmation::url($action, $user->ID)), esc_html($label));
    }
}
