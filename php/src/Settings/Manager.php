<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

/**
 * Who may change a setting on a network of sites; each row of the core's settings table names one.
 */
enum Manager: string
{
    /** Whoever has `manage_options` on the site. */
    case Site = 'site';

    /** Whoever has `manage_network_options`; on a single site, whoever has `manage_options`. */
    case Network = 'network';

    public function may_change(string $setting): bool
    {
        return $this === self::Network || in_array($setting, Defaults::OF_A_SITE, true);
    }
}
