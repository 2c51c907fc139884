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
    /** Users that are in memory at a time. */
    private const PORTION = 500;

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
        foreach (self::portions() as $users) {
            $identities = Identities::of_users(array_column($users, 'ID'));
            foreach ($users as $user) {
                $pending = UserMeta::is_pending($user->ID);
                $rows = $identities[$user->ID] ?? ($pending ? [[]] : []);
                foreach (isset($options['pending']) && !$pending ? [] : $rows as $row) {
                    $items[] = self::item($user, $row, $pending);
                }
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

    /**
     * The users of the site, so many at a time.
     *
     * @return \Generator<int, list<\WP_User>>
     */
    private static function portions(): \Generator
    {
        $offset = 0;
        do {
            $found = get_users(['number' => self::PORTION, 'offset' => $offset, 'orderby' => 'ID', 'fields' => 'all']);
            $users = array_values(array_filter($found, static fn(mixed $user): bool => $user instanceof \WP_User));
            $offset += self::PORTION;

            yield $users;
        } while (count($found) === self::PORTION);
    }

    /**
     * @param array<array-key, mixed> $row
     *
     * @return array<string, int|string>
     */
    private static function item(\WP_User $user, array $row, bool $pending): array
    {
        return [
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
