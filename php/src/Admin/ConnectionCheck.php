<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Connected;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Access;

/**
 * The button "Check connection".
 */
final class ConnectionCheck
{
    public const ACTION = 'logto_sign_in_check';

    public static function run(): void
    {
        if (!current_user_can('manage_options')) {
            Access::deny();
        }

        check_admin_referer(self::ACTION);
        [$type, $message] = self::result();
        add_settings_error(Sanitizer::GROUP, 'logto_check', esc_html($message), $type);
        set_transient('settings_errors', get_settings_errors(), 30);
        wp_safe_redirect(admin_url('admin.php?settings-updated=true&page=' . SettingsPage::SLUG));

        exit();
    }

    /**
     * @return array{'success'|'error', string} How it went, and in words.
     */
    public static function result(): array
    {
        // What an earlier answer left behind says nothing about the connection of now.
        Cache::clear();
        $outcome = (new Client())->expect(Connected::class, Operation::CheckConnection);
        AddressCheck::forget();
        $problem = AddressCheck::problem();
        if ($outcome instanceof Connected && $problem !== '') {
            /* translators: 1: address, 2: what answered instead, such as HTTP 404. */
            return ['error', sprintf(__('Logto answers, but the redirect URI %1$s does not (%2$s).', 'logto-sign-in'), Site::redirect_uri(), $problem)];
        }

        if ($outcome instanceof Connected) {
            /* translators: 1: address of the issuer, 2: list of algorithms such as ES384. */
            $message = __('Logto answers as it should. Issuer: %1$s. Signing algorithms: %2$s.', 'logto-sign-in');

            return ['success', sprintf($message, $outcome->issuer, implode(', ', $outcome->algorithms))];
        }

        $message = Catalog::of($outcome->code);

        return ['error', sprintf('%s %s [%s]', $message->message, $message->advice, $outcome->code)];
    }
}
