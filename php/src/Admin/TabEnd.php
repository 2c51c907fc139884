<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Providers\Provider;

/**
 * What a tab has below its settings, on the page of a site and of a network.
 */
final class TabEnd
{
    public static function show(Tab $tab): void
    {
        match ($tab) {
            Tab::Connection => Disconnect::offer(Provider::Logto, $tab),
            Tab::Dingtalk => Disconnect::offer(Provider::Dingtalk, $tab),
            Tab::Advanced => self::advanced(),
            default => null,
        };
    }

    private static function advanced(): void
    {
        FieldNote::constants();
        SettingsTransfer::show();
    }
}
