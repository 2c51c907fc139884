<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Support\Input;

/**
 * `wp logto users list` and `approve`
 */
final class UsersCommand
{
    private const FIELDS = ['user_id', 'user', 'identity_id', 'issuer', 'subject', 'created', 'last_sign_in', 'pending'];

    /**
     * Lists the users of this site who have a sign-in method or are pending approval, with a row for each method.
     *
     * ## OPTIONS
     *
     * [--pending]
     * : Only those who are pending approval.
     *
     * [--format=<format>]
     * : How to print them.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     *   - yaml
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto users list --pending
     *
     * @param array<array-key, mixed> $_
     * @param array<array-key, mixed> $options
     */
    public static function list(array $_, array $options): void
    {
        $items = [];
        foreach (get_users(['fields' => 'all']) as $user) {
            $pending = $user instanceof \WP_User && UserMeta::is_pending($user->ID);
            $rows = $user instanceof \WP_User ? Identities::of_user($user->ID) : [];
            if (!$user instanceof \WP_User || isset($options['pending']) && !$pending) {
                continue;
            }

            foreach ($rows === [] && $pending ? [[]] : $rows as $row) {
                $items[] = [
                    'user_id' => $user->ID,
                    'user' => $user->user_login,
                    'identity_id' => Input::string($row, 'id'),
                    'issuer' => Input::string($row, 'issuer'),
                    'subject' => Input::string($row, 'subject'),
                    'created' => Input::string($row, 'created'),
                    'last_sign_in' => Input::string($row, 'last_sign_in'),
                    'pending' => $pending ? 'yes' : 'no',
                ];
            }
        }

        Output::items($options, $items, self::FIELDS);
    }

    /**
     * Approves users who are pending.
     *
     * ## OPTIONS
     *
     * <user>...
     * : Usernames, email addresses or IDs.
     *
     * ## EXAMPLES
     *
     *     wp logto users approve mary 17
     *
     * @param array<array-key, mixed> $arguments
     */
    public static function approve(array $arguments): void
    {
        require_once ABSPATH . 'wp-admin/includes/user.php';
        $users = array_map(Output::user(...), Input::to_strings($arguments));
        $approved = array_filter($users, Approval::admit(...));
        /* translators: %s: number of users. */
        $message = sprintf(__('Users approved: %s.', 'logto-sign-in'), number_format_i18n(count($approved)));
        count($approved) === count($users) ? \WP_CLI::success($message) : \WP_CLI::error($message);
    }
}
