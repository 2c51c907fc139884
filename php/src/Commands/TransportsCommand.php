<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Admin\TransportLabels;
use LogtoSignIn\Transport\Transports;

/**
 * `wp logto transports`
 */
final class TransportsCommand
{
    /**
     * Asks every transport, and says which ones work for PHP's command line.
     *
     * The web server's settings may differ from the command line's: Tools › Site Health shows what works there.
     *
     * ## EXAMPLES
     *
     *     wp logto transports
     */
    public static function run(): void
    {
        foreach (Transports::examine() as $name => $obstacle) {
            \WP_CLI::log(sprintf('%s: %s', $name, TransportLabels::obstacle($obstacle)));
        }

        if (Transports::available() === null) {
            \WP_CLI::error(__('No transport works.', 'logto-sign-in'));
        }

        \WP_CLI::success(__('Logto Sign-In can run.', 'logto-sign-in'));
    }
}
