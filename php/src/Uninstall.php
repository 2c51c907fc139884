<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * Removes what the plugin has stored, on every site of a network.
 */
final class Uninstall
{
    /** Asks for the removal of the identities too; set in Logto › Settings. */
    public const OPTION = 'logto_sign_in_delete_identities';

    public static function run(): void
    {
        $delete_identities = false;
        foreach (self::sites() as $site) {
            if (is_multisite()) {
                switch_to_blog($site);
            }

            $delete_identities = $delete_identities || get_option(self::OPTION) === '1';
            self::clean_site();
            if (is_multisite()) {
                restore_current_blog();
            }
        }

        Tables::drop_spent();
        if ($delete_identities) {
            Tables::drop_identities();
        }
    }

    private static function clean_site(): void
    {
        delete_option('logto_sign_in');
        delete_option(self::OPTION);
        delete_transient('logto_sign_in_discovery');
        delete_transient('logto_sign_in_jwks');
    }

    /**
     * @return list<int>
     */
    private static function sites(): array
    {
        if (!is_multisite()) {
            return [get_current_blog_id()];
        }

        return array_values(array_map('intval', get_sites(['fields' => 'ids', 'number' => 0])));
    }
}
