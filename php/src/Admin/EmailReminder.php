<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Accounts\PlaceholderEmail;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * Tells users about their email address, on their dashboard and profile page: asks those with a placeholder for a real one,
 * until they have one or dismiss the reminder, and says why an address of the sign-in service was not taken over.
 */
final class EmailReminder
{
    public const ACTION = 'logto_sign_in_no_reminder';

    public static function load(): void
    {
        $user = wp_get_current_user();
        if (PlaceholderEmail::is_placeholder($user->user_email) && UserMeta::text($user->ID, UserMeta::NO_REMINDER) === '') {
            add_action('admin_notices', [self::class, 'show']);
        }

        if (UserMeta::text($user->ID, UserMeta::EMAIL_KEPT) !== '') {
            add_action('admin_notices', [self::class, 'show_kept']);
        }
    }

    public static function show(): void
    {
        printf(
            '<div class="notice notice-info"><form action="%s" method="post"><p>%s <a href="%s">%s</a> · ',
            esc_url(admin_url('admin-post.php')),
            esc_html__('Add an email address so this site can contact you. Your current one is a placeholder.', 'logto-sign-in'),
            esc_url(admin_url('profile.php#email')),
            esc_html__('Add an email address', 'logto-sign-in'),
        );
        printf('<input type="hidden" name="action" value="%s">', esc_attr(self::ACTION));
        wp_nonce_field(self::ACTION);
        printf('<button type="submit" class="button-link">%s</button></p></form></div>', esc_html__('Do not remind me again', 'logto-sign-in'));
    }

    public static function show_kept(): void
    {
        /* translators: %s: e-mail address. */
        $message = __('Your email address at the sign-in service is %s, but another account on this site uses it. You can set a different address in your profile. If the other account is yours, ask an administrator to move this sign-in method to it.', 'logto-sign-in');
        printf('<div class="notice notice-warning"><p>%s</p></div>', esc_html(sprintf($message, UserMeta::text(get_current_user_id(), UserMeta::EMAIL_KEPT))));
    }

    public static function dismiss(): void
    {
        check_admin_referer(self::ACTION);
        $user_id = get_current_user_id();
        if (Request::reads() || $user_id === 0) {
            Access::deny();
        }

        update_user_meta($user_id, UserMeta::NO_REMINDER, '1');
        $back = wp_get_referer();
        wp_safe_redirect($back === false ? admin_url('profile.php') : $back, 302, 'Logto Sign-In');

        exit();
    }
}
