<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\ConnectionChecked;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Input;

/**
 * The button “Check connection”, and what came of it: the core asks the providers everything that they tell without a
 * visitor.
 */
final class ConnectionCheck
{
    public const ACTION = 'logto_sign_in_check';

    /** Seconds for which a result waits for the page that shows it. */
    private const TTL = 60;

    public static function run(): void
    {
        if (!current_user_can('manage_options')) {
            Access::deny();
        }

        check_admin_referer(self::ACTION);
        set_transient(self::key(), wp_json_encode(self::result()), self::TTL);
        wp_safe_redirect(admin_url('admin.php?page=' . SettingsPage::SLUG . '#logto-check'));

        exit();
    }

    public static function result(): ConnectionChecked|Refused
    {
        // What an earlier answer left behind says nothing about the connection of now.
        Cache::clear();
        AddressCheck::forget();

        return (new Client())->expect(ConnectionChecked::class, Operation::CheckConnection);
    }

    /** Where a result waits: each admin sees their own. */
    public static function key(): string
    {
        return 'logto_sign_in_check_' . get_current_user_id();
    }

    /**
     * The button, and the result that waits.
     */
    public static function show(): void
    {
        if (!Settings::current()->is_configured()) {
            return;
        }

        echo '<h2 id="logto-check">' . esc_html__('Check connection', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('Contacts Logto and DingTalk with the saved settings. No one is signed in.', 'logto-sign-in') . '</p>';
        $waiting = Input::to_string(get_transient(self::key()));
        if ($waiting !== '') {
            delete_transient(self::key());
            CheckTable::print($waiting);
        }

        printf('<form action="%s" method="post">', esc_url(admin_url('admin-post.php')));
        echo '<input type="hidden" name="action" value="' . esc_attr(self::ACTION) . '">';
        wp_nonce_field(self::ACTION);
        submit_button(__('Check connection', 'logto-sign-in'), 'secondary', 'check', false);
        echo '</form>';
    }
}
