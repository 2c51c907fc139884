<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Support\Input;

/**
 * Logto's own plugin for WordPress (`logto-io/wordpress`): its settings, which are read and never written, and whether
 * it is at work.
 */
final class LogtoPlugin
{
    public const OPTION = 'logto_options';

    /** Its main file, in whatever folder. */
    private const FILE = 'logto.php';

    /**
     * @return array<array-key, mixed>
     */
    public static function options(): array
    {
        return Input::to_map(get_option(self::OPTION));
    }

    /**
     * The endpoints that it has on the other sites of a network. The links are the network's, and name no issuer.
     *
     * @return list<mixed>
     */
    public static function other_endpoints(): array
    {
        $endpoints = [];
        $sites = is_multisite() ? get_sites(['fields' => 'ids', 'number' => 0, 'site__not_in' => [get_current_blog_id()]]) : [];
        foreach (array_filter(is_array($sites) ? $sites : [], 'is_int') as $site) {
            $options = Input::to_map(get_blog_option($site, self::OPTION));
            if ($options !== []) {
                $endpoints[] = $options['endpoint'] ?? null;
            }
        }

        return $endpoints;
    }

    /**
     * Its name among the active plugins, or null.
     */
    public static function active(): null|string
    {
        $network = is_multisite() ? array_keys(Input::to_map(get_site_option('active_sitewide_plugins'))) : [];
        foreach ([...array_values(Input::to_map(get_option('active_plugins'))), ...$network] as $plugin) {
            if (is_string($plugin) && basename($plugin) === self::FILE) {
                return $plugin;
            }
        }

        return null;
    }

    /**
     * Whether it takes visitors of the login page to Logto. Then this plugin leaves that page to it: two plugins that
     * both redirect there would depend on which comes first.
     */
    public static function acts(): bool
    {
        if (self::active() === null) {
            return false;
        }

        $options = self::options();
        $needed = array_map(static fn(string $name): string => Input::string($options, $name), ['endpoint', 'appId', 'appSecret']);

        return !in_array('', $needed, true);
    }

    /**
     * The address that deactivates it; empty when the current user may not.
     */
    public static function deactivate_url(string $plugin): string
    {
        if (!current_user_can('deactivate_plugin', $plugin)) {
            return '';
        }

        $network = is_multisite() && array_key_exists($plugin, Input::to_map(get_site_option('active_sitewide_plugins')));
        $page = $network ? network_admin_url('plugins.php') : admin_url('plugins.php');

        return add_query_arg(
            ['action' => 'deactivate', 'plugin' => rawurlencode($plugin), '_wpnonce' => wp_create_nonce('deactivate-plugin_' . $plugin)],
            $page,
        );
    }
}
