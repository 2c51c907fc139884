<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Nodes;
use LogtoSignIn\Support\TableRepair;
use LogtoSignIn\Support\Tables;

/**
 * Tests for Tools › Site Health: what a restored backup or another web server lacks.
 */
final class ServerHealth
{
    /**
     * @param array<array-key, mixed> $tests
     *
     * @return array<array-key, mixed>
     */
    public static function tests(array $tests): array
    {
        $label = __('Logto Sign-In', 'logto-sign-in');
        $ours = [
            'logto_sign_in_tables' => ['label' => $label, 'test' => [self::class, 'test_tables']],
            'logto_sign_in_nodes' => ['label' => $label, 'test' => [self::class, 'test_nodes']],
        ];

        return ['direct' => $ours + Input::map($tests, 'direct')] + $tests;
    }

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
            $message = __('Both tables exist.', 'logto-sign-in');

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
}
