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

    /** The id of its form. */
    private const FORM = 'logto-check-form';

    /** Seconds for which a result waits for the page that shows it. */
    private const TTL = 60;

    public static function run(): void
    {
        $of_network = RequestedPlace::is_network();
        if (!current_user_can('manage_options') || $of_network && !Access::network_allows()) {
            Access::deny();
        }

        check_admin_referer(self::ACTION);
        set_transient(self::key(), wp_json_encode(self::result($of_network ? Settings::network() : Settings::current())), self::TTL);
        wp_safe_redirect(Tab::current(Tab::cases())->url($of_network) . '#logto-check');

        exit();
    }

    /**
     * @param null|Settings $settings Those of the site, unless given.
     */
    public static function result(null|Settings $settings = null): ConnectionChecked|Refused
    {
        $settings ??= Settings::current();
        // What an earlier answer left behind says nothing about the connection of now.
        Cache::clear();
        AddressCheck::forget();

        $outcome = (new Client())->expect(ConnectionChecked::class, Operation::CheckConnection, [], $settings);
        LastCheck::note($outcome, $settings);

        return $outcome;
    }

    /** Where a result waits: each admin sees their own. */
    public static function key(): string
    {
        return 'logto_sign_in_check_' . get_current_user_id();
    }

    /**
     * The button, for a place beside “Save Changes”. Its form is elsewhere: forms cannot be nested.
     */
    public static function button(): string
    {
        return self::settings()->is_configured()
            ? sprintf('<button type="submit" class="button" id="check" form="%s">%s</button>', esc_attr(self::FORM), esc_html__('Check connection', 'logto-sign-in'))
            : '';
    }

    /**
     * The form of the button, and the result that waits. Credentials that were saved just now are checked at once.
     *
     * @param bool $has_button Whether the button is on the page already.
     */
    public static function show(Tab $tab, bool $has_button): void
    {
        if (!self::settings()->is_configured()) {
            return;
        }

        RequestedPlace::open_form(self::ACTION, self::FORM);
        printf('<input type="hidden" name="%s" value="%s">%s</form>', esc_attr(Tab::PARAMETER), esc_attr($tab->value), $has_button ? '' : wp_kses_post(self::button()));
        $waiting = Input::to_string(get_transient(self::key()));
        $result = $waiting === '' && $has_button && SavedNotice::all_was_saved() ? (string) wp_json_encode(self::result(self::settings())) : $waiting;
        if ($result !== '') {
            delete_transient(self::key());
            echo '<h2 id="logto-check">' . esc_html__('Connection', 'logto-sign-in') . '</h2>';
            if (is_network_admin()) {
                /* translators: %s: address of a site. */
                echo '<p>' . esc_html(sprintf(__('Checked with the addresses of %s.', 'logto-sign-in'), home_url())) . '</p>';
            }

            CheckTable::print($result);
        }
    }

    /**
     * Those of the page that is shown.
     */
    private static function settings(): Settings
    {
        return is_network_admin() ? Settings::network() : Settings::current();
    }
}
