<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * Who decides about the users of a network, and the end of a request whose sender may not do what it asks for.
 */
final class Access
{
    /**
     * Whether the current user may decide about users as far as a network of sites is concerned. On a single site there
     * is no network to ask, and WordPress's other capabilities decide alone.
     *
     * The capability counts at the main site, where WordPress's own network screens ask for it. A role of another site
     * may hold any capability that an administrator of that site has put into it.
     */
    public static function network_allows(): bool
    {
        return !is_multisite() || Network::on_site(get_main_site_id(), static fn(): bool => current_user_can('manage_network_options'));
    }

    public static function deny(): never
    {
        wp_die(esc_html__('You are not allowed to do this.', 'logto-sign-in'), '', ['response' => 403]);

        exit();
    }
}
