<?php

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Tables;

/**
 * Removes what the plugin has stored, on every site of a network.
 */
final class Uninstall
{
    public static function run(): void
    {
        $wishes = is_multisite() ? array_map(self::clean_blog(...), self::blogs()) : [self::clean()];
        delete_site_option('logto_sign_in_network');
        UserMeta::erase_all();
        Tables::drop_used_states();
        if (in_array(true, $wishes, true)) {
            Tables::drop_identities();
            UserMeta::erase_marks();
        }
    }

    /**
     * Cleans the current site, and says whether its admin wants the identities removed.
     */
    private static function clean(): bool
    {
        $wish = get_option(Settings::DELETE_IDENTITIES_OPTION) === '1';
        delete_option('logto_sign_in');
        delete_option(Settings::DELETE_IDENTITIES_OPTION);
        delete_option('logto_sign_in_import');
        delete_option('logto_sign_in_before_import');
        delete_transient('logto_sign_in_discovery');
        delete_transient('logto_sign_in_jwks');
        delete_transient('logto_sign_in_failure');
        delete_transient('logto_sign_in_log');

        return $wish;
    }

    private static function clean_blog(int $blog): bool
    {
        switch_to_blog($blog);
        try {
            return self::clean();
        } finally {
            restore_current_blog();
        }
    }

    /**
     * @return list<int>
     */
    private static function blogs(): array
    {
        $blogs = get_sites(['fields' => 'ids', 'number' => 0]);

        return array_values(array_filter(is_array($blogs) ? $blogs : [], 'is_int'));
    }
}
