<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Linking\Form;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * Asks before users chosen in a list are unlinked or approved, and says what it means for each of them.
 */
final class Confirmation
{
    private const DO = 'logto_do';
    private const USERS = 'logto_users';

    private const FORM = 'logto-users-form';

    public static function url(string $action, int $user_id): string
    {
        return add_query_arg([self::DO => $action, self::USERS => (string) $user_id], self_admin_url('users.php'));
    }

    /**
     * On the page of a user who waits for approval: a link to the question.
     */
    public static function offer_approval(\WP_User $user): void
    {
        if (UserMeta::is_pending($user->ID)) {
            printf('<p><strong>%s</strong>', esc_html__('This account is pending approval. No one can sign in to it yet.', 'logto-sign-in'));
            if (Actions::current_user_can_do(Actions::APPROVE)) {
                printf(' <a href="%s">%s</a>', esc_url(self::url(Actions::APPROVE, $user->ID)), esc_html__('Approve', 'logto-sign-in'));
            }

            echo '</p>';
        }
    }

    /**
     * Shows the page, if the address asks for it.
     */
    public static function open(): void
    {
        $action = Request::query(self::DO);
        if ($action !== '') {
            self::show($action, wp_parse_id_list(Request::query(self::USERS)));
        }
    }

    /**
     * @param array<int> $user_ids
     */
    public static function show(string $action, array $user_ids): never
    {
        if (!Actions::current_user_can_do($action)) {
            Access::deny();
        }

        require_once ABSPATH . 'wp-admin/admin-header.php';
        self::page($action, Consequences::of($action, $user_ids));
        require_once ABSPATH . 'wp-admin/admin-footer.php';

        exit();
    }

    /**
     * @param array<int, array{user: \WP_User, message: string}> $lines
     */
    private static function page(string $action, array $lines): void
    {
        $approve = $action === Actions::APPROVE;
        $referer = wp_get_referer();
        $back = remove_query_arg([self::DO, self::USERS], $referer === false ? self_admin_url('users.php') : $referer);
        printf('<div class="wrap"><h1>%s</h1>', $approve ? esc_html__('Approve accounts', 'logto-sign-in') : esc_html__('Disconnect sign-in methods', 'logto-sign-in'));
        if ($lines === []) {
            printf('<p>%s</p>', esc_html__('These users need no change, or you are not allowed to make it.', 'logto-sign-in'));
            printf('<p><a class="button" href="%s">%s</a></p></div>', esc_url($back), esc_html__('Back to the list', 'logto-sign-in'));

            return;
        }

        printf('<form id="%s" method="post" action="%s">', esc_attr(self::FORM), esc_url(admin_url('admin-post.php')));
        $hidden = ['action' => Actions::ACTION, self::DO => $action, self::USERS => implode(',', array_keys($lines)), 'logto_back' => $back];
        foreach ($hidden as $name => $value) {
            printf('<input type="hidden" name="%s" value="%s">', esc_attr($name), esc_attr($value));
        }

        wp_nonce_field(Actions::ACTION . $action, '_wpnonce', false);
        printf('<p>%s</p><ul class="ul-disc">', $approve
            ? esc_html__('Approve these users with these roles?', 'logto-sign-in')
            : esc_html__('Disconnect all sign-in methods of these users?', 'logto-sign-in'));
        foreach ($lines as ['user' => $user, 'message' => $message]) {
            printf('<li><strong>%s</strong> (%s) – %s</li>', esc_html($user->user_login), esc_html($user->display_name), esc_html($message));
        }

        echo '</ul>';
        if (!$approve) {
            (new Form(self::FORM))->reauthentication(wp_get_current_user());
        }

        echo '<p class="submit">';
        submit_button($approve ? __('Approve', 'logto-sign-in') : __('Disconnect sign-in methods', 'logto-sign-in'), 'primary', 'submit', false);
        printf(' <a class="button" href="%s">%s</a></p></form></div>', esc_url($back), esc_html__('Cancel', 'logto-sign-in'));
    }
}
