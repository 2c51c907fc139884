<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\Reauthentication;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * What an admin does with users from their list: unlinks their sign-in methods, approves those who wait.
 */
final class Actions
{
    public const ACTION = 'logto_sign_in_users';
    public const UNLINK = 'logto_unlink';
    public const APPROVE = 'logto_approve';

    /**
     * @param array<array-key, mixed> $actions
     *
     * @return array<array-key, mixed>
     */
    public static function bulk(array $actions): array
    {
        $ours = [
            self::APPROVE => self::current_user_can_do(self::APPROVE) && !is_network_admin() ? __('Approve', 'logto-sign-in') : null,
            self::UNLINK => self::current_user_can_do(self::UNLINK) ? __('Disconnect sign-in methods', 'logto-sign-in') : null,
        ];

        return $actions + array_filter($ours, 'is_string');
    }

    /**
     * A bulk action only asks: WordPress has thrown its nonce away by now.
     */
    public static function handle(mixed $back, mixed $action = '', mixed $user_ids = []): mixed
    {
        if ($action !== self::UNLINK && $action !== self::APPROVE) {
            return $back;
        }

        Confirmation::show($action, wp_parse_id_list(Input::to_map($user_ids)));
    }

    /**
     * Does what the admin has confirmed.
     */
    public static function run(): void
    {
        $action = Request::posted('logto_do');
        check_admin_referer(self::ACTION . $action);
        if (Request::reads() || !self::current_user_can_do($action)) {
            Access::deny();
        }

        $back = wp_validate_redirect(Request::posted('logto_back'), admin_url('users.php'));
        if ($action === self::UNLINK && !Reauthentication::is_given(wp_get_current_user(), Request::posted('logto_password'))) {
            Log::write('proof_missing', 'user ' . get_current_user_id() . ' did not prove to be there');
            wp_safe_redirect(Notice::url($back, Notice::PROOF_MISSING, ['done' => 0, 'denied' => 0]), 302, 'Logto Sign-In');

            exit();
        }

        $ids = array_values(wp_parse_id_list(Request::posted('logto_users')));
        $result = $action === self::APPROVE ? Approval::approve_all($ids) : AdminLink::unlink_all($ids);
        wp_safe_redirect(Notice::url($back, $action, $result), 302, 'Logto Sign-In');

        exit();
    }

    public static function current_user_can_do(string $action): bool
    {
        return match ($action) {
            self::UNLINK => current_user_can('edit_users') && Access::network_allows(),
            self::APPROVE => Approval::current_user_approves(),
            default => false,
        };
    }
}
