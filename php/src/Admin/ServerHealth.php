<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Nodes;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * Tests for Tools › Site Health about the server: what a restored backup or another web server lacks, and https.
 */
final class ServerHealth
{
    /**
     * The next sign-in would create a missing table too; here the administrator hears whether that is possible.
     *
     * @return array<string, mixed>
     */
    public static function test_tables(): array
    {
        if (TableRepair::missing() !== []) {
            Tables::create();
        }

        $missing = TableRepair::missing();
        if ($missing === []) {
            $message = __('All tables exist.', 'logto-sign-in');

            return SiteHealth::result('tables', 'good', __('Logto Sign-In has its database tables', 'logto-sign-in'), esc_html($message));
        }

        /* translators: %s: names of database tables. */
        $message = sprintf(__('These tables do not exist, and WordPress cannot create them: %s. Give WordPress’s database user the privilege CREATE, or restore the tables from a backup.', 'logto-sign-in'), implode(', ', $missing));

        return SiteHealth::result('tables', 'critical', __('Database tables of Logto Sign-In are missing', 'logto-sign-in'), esc_html($message));
    }

    /**
     * @return array<string, mixed>
     */
    public static function test_nodes(): array
    {
        $others = Nodes::with_other_salts();
        if ($others === []) {
            $message = __('A sign-in that begins on one web server can end on another.', 'logto-sign-in');

            return SiteHealth::result('nodes', 'good', __('All web servers have the same salts', 'logto-sign-in'), esc_html($message));
        }

        /* translators: %s: names of web servers. */
        $message = sprintf(__('The salts in wp-config.php on these web servers differ from those on this one: %s. A sign-in that begins on one of them and ends here fails with the code state_unknown. Copy the salts to all web servers.', 'logto-sign-in'), implode(', ', $others));

        return SiteHealth::result('nodes', 'critical', __('Web servers of this site have different salts', 'logto-sign-in'), esc_html($message));
    }

    /**
     * @return array<string, mixed>
     */
    public static function test_https(): array
    {
        if (str_starts_with(Site::redirect_uri(), 'https://')) {
            return SiteHealth::result('https', 'good', __('Sign-ins with Logto are encrypted', 'logto-sign-in'), esc_html__('The redirect URI begins with https.', 'logto-sign-in'));
        }

        $message = __('Without https, others can intercept sign-ins. Change the WordPress address in Settings › General, then the redirect URI in the Logto Console.', 'logto-sign-in');

        return SiteHealth::result('https', 'recommended', __('Sign-ins with Logto are not encrypted', 'logto-sign-in'), esc_html($message));
    }
}
