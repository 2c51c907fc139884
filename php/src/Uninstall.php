<?php

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Accounts\MappedMeta;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Network;
use LogtoSignIn\Support\Tables;

/**
 * Removes what the plugin has stored, on every site of a network.
 */
final class Uninstall
{
    private const OPTIONS = ['logto_sign_in', 'logto_sign_in_import', 'logto_sign_in_before_import'];

    public static function run(): void
    {
        // On a network, its own page has the box: a site must not decide about everybody's identities.
        $forget = get_site_option(Settings::DELETE_IDENTITIES_OPTION) === '1';
        foreach (self::sites() as $site) {
            Network::on_site($site, self::clean(...));
        }

        delete_site_option('logto_sign_in_network');
        delete_site_option(Proof::OPTION);
        delete_site_option(Settings::DELETE_IDENTITIES_OPTION);
        delete_site_transient('logto_sign_in_outage');
        UserMeta::erase_all();
        Tables::drop_used_states();
        Records::drop();
        if ($forget) {
            Tables::drop_identities();
            MappedMeta::erase_all();
            UserMeta::erase_marks();
        }
    }

    /**
     * Removes what the network keeps for a site that is deleted: a secret has no use without it.
     */
    public static function of_deleted_site(\WP_Site $site): void
    {
        foreach (self::OPTIONS as $name) {
            delete_site_option(GuardedOption::name($name, (int) $site->blog_id));
        }

        Records::remove_site((int) $site->blog_id);
    }

    /**
     * Cleans the current site.
     */
    private static function clean(): void
    {
        // Up to version 0.1, every site of a network had the box.
        delete_option(Settings::DELETE_IDENTITIES_OPTION);
        delete_option(LoginPath::OPTION);
        foreach (self::OPTIONS as $name) {
            delete_option($name);
            GuardedOption::delete($name);
        }

        delete_transient('logto_sign_in_discovery');
        delete_transient('logto_sign_in_jwks');
        delete_transient('logto_sign_in_failure');
        delete_transient('logto_sign_in_log');
        delete_transient('logto_sign_in_transports');
        delete_option('logto_sign_in_nodes');
        delete_option('logto_sign_in_failures');
        delete_option('logto_sign_in_last_check');
        delete_transient('logto_sign_in_address');
    }

    /**
     * @return list<int>
     */
    private static function sites(): array
    {
        $sites = is_multisite() ? get_sites(['fields' => 'ids', 'number' => 0]) : [get_current_blog_id()];

        return array_values(array_filter(is_array($sites) ? $sites : [], 'is_int'));
    }
}
