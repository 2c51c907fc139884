<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * Tells admins that the redirect URI does not answer, and changes the addresses to some that do. The admin decides when:
 * the providers must know the new addresses first.
 */
final class AddressNotice
{
    public const ACTION = 'logto_sign_in_address';

    private const FIELD = 'logto_path';

    private const SCREENS = ['plugins', 'toplevel_page_logto-sign-in'];

    public static function show(): void
    {
        $screen = get_current_screen();
        if ($screen === null || !in_array($screen->id, self::SCREENS, true) || !self::current_user_can_change() || !Settings::current()->is_configured()) {
            return;
        }

        $problem = AddressCheck::problem();
        if ($problem === '') {
            return;
        }

        /* translators: 1: address, 2: what answered instead, such as HTTP 404. */
        $message = __('No one can sign in: the redirect URI %1$s does not answer (%2$s). Another plugin, a firewall, or the web server may block it.', 'logto-sign-in');
        printf('<div class="notice notice-error"><p>%s</p>', sprintf(esc_html($message), '<code>' . esc_html(Site::redirect_uri()) . '</code>', esc_html($problem)));
        $path = AddressCheck::other_path();
        $path === null
            ? printf('<p>%s</p>', esc_html__('Allow requests to this address without a password, or turn off what blocks it.', 'logto-sign-in'))
            : self::offer($path);
        echo '</div>';
    }

    public static function change(): never
    {
        if (!self::current_user_can_change()) {
            Access::deny();
        }

        check_admin_referer(self::ACTION);
        $path = Request::posted(self::FIELD);
        if ($path === LoginPath::LOGIN_PAGE || $path === LoginPath::FRONT) {
            LoginPath::change($path);
            AddressCheck::forget();
            add_settings_error(Sanitizer::GROUP, 'logto_address', esc_html__('The addresses were changed. Sign in once in a private window to try them.', 'logto-sign-in'), 'success');
            set_transient('settings_errors', get_settings_errors(), 30);
        }

        wp_safe_redirect(admin_url('admin.php?settings-updated=true&page=' . SettingsPage::SLUG));

        exit();
    }

    /**
     * @param LoginPath::LOGIN_PAGE|LoginPath::FRONT $path
     */
    private static function offer(string $path): void
    {
        $addresses = ['logto_callback' => __('Redirect URI', 'logto-sign-in'), 'logto_signed_out' => __('Post sign-out redirect URI', 'logto-sign-in')];
        if (Settings::current()->has_dingtalk()) {
            $addresses['logto_callback_dingtalk'] = __('Redirect URL at DingTalk', 'logto-sign-in');
        }

        printf('<p>%s</p><ul class="ul-disc">', esc_html__('These addresses answer. Add them in the Logto Console, or at DingTalk, and then use them here:', 'logto-sign-in'));
        foreach ($addresses as $action => $label) {
            printf('<li>%s: <code>%s</code></li>', esc_html($label), esc_html(LoginPath::candidates()[$path] . '?action=' . $action));
        }

        printf('</ul><form action="%s" method="post">', esc_url(admin_url('admin-post.php')));
        printf('<input type="hidden" name="action" value="%s"><input type="hidden" name="%s" value="%s">', esc_attr(self::ACTION), esc_attr(self::FIELD), esc_attr($path));
        wp_nonce_field(self::ACTION);
        submit_button(__('Use these addresses', 'logto-sign-in'), 'primary', 'submit');
        echo '</form>';
    }

    /**
     * The network's administrators registered the addresses of its sites.
     */
    private static function current_user_can_change(): bool
    {
        return current_user_can('manage_options') && Access::network_allows();
    }
}
