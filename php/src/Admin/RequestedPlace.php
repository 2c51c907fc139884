<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Core\SettingsPlace;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * The place whose settings a form of the settings page is about, for the actions besides saving.
 */
final class RequestedPlace
{
    /** The field of a form of the network's page. */
    private const NETWORK = 'logto_network';

    /**
     * Whoever may not change the settings there gets no further, and neither does a form without the nonce of its action.
     */
    public static function of_form(string $action): SettingsPlace
    {
        if (Request::reads() || !current_user_can('manage_options') || self::is_network() && !Access::network_allows()) {
            Access::deny();
        }

        check_admin_referer($action);

        return self::is_network() ? SettingsPlace::of_network(is_form: true) : SettingsPlace::of_site(CustomSettings::manager(), is_form: true);
    }

    /**
     * The beginning of a form with its action and its nonce. It has the ID that the caller gives, or its action's name.
     */
    public static function open_form(string $action, null|string $id = null, bool $has_file = false): void
    {
        $encoding = $has_file ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
        printf('<form action="%s" method="post" id="%s" enctype="%s">', esc_url(admin_url('admin-post.php')), esc_attr($id ?? $action), esc_attr($encoding));
        printf('<input type="hidden" name="action" value="%s">', esc_attr($action));
        if (is_network_admin()) {
            printf('<input type="hidden" name="%s" value="1">', esc_attr(self::NETWORK));
        }

        wp_nonce_field($action, '_wpnonce', false);
    }

    /**
     * Back to a tab, with what there is to say.
     */
    public static function back(Tab $tab, string $message): never
    {
        if ($message !== '') {
            add_settings_error(Sanitizer::GROUP, 'logto_done', esc_html($message), 'success');
        }

        $page = self::is_network() ? network_admin_url('admin.php') : admin_url('admin.php');
        NetworkPage::back(add_query_arg(Tab::PARAMETER, $tab->value, NetworkPage::after($page)));
    }

    /**
     * Whether the form is of the network's page.
     */
    public static function is_network(): bool
    {
        return is_multisite() && Request::posted(self::NETWORK) === '1';
    }
}
