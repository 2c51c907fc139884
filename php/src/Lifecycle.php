<?php

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Linking\SessionProof;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Setup\Welcome;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Transport\Health;
use LogtoSignIn\Transport\Shipped;

/**
 * Activation, deactivation and updates.
 */
final class Lifecycle
{
    public static function activate(): void
    {
        Tables::create();
        Shipped::restore();
        // From now on, what is set up has to be proven.
        Proof::all();
        Welcome::prepare();
        SessionProof::adopt();
    }

    /**
     * Settings and identities stay: the plugin may come back.
     */
    public static function deactivate(): void
    {
        Cache::clear();
        Health::forget();
    }

    /**
     * After an update of this plugin, its new program lacks the executable bit.
     *
     * @param mixed $details What WordPress has updated.
     */
    public static function updated(mixed $upgrader, mixed $details): void
    {
        $what = Input::to_map($details);
        $ours = plugin_basename(Plugin::path('logto-sign-in.php'));
        $plugins = [...Input::strings($what, 'plugins'), Input::string($what, 'plugin')];
        $installed = Input::string($what, 'action') === 'install';
        if (Input::string($what, 'type') === 'plugin' && ($installed || in_array($ours, $plugins, true))) {
            Shipped::restore();
        }
    }
}
