<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Request;

/**
 * Removes the credentials of a provider, after a page that says what happens and what is kept.
 */
final class Disconnect
{
    public const ACTION = 'logto_sign_in_disconnect';

    /** The parameter that asks for the page, and the field of its form. */
    private const PROVIDER = 'disconnect';

    /**
     * The link to that page, where something is connected.
     */
    public static function offer(Provider $provider, Tab $tab): void
    {
        if (self::is_connected($provider)) {
            printf('<p><a href="%s" class="logto-disconnect">%s</a></p>', esc_url(add_query_arg(self::PROVIDER, $provider->value, $tab->url())), esc_html(self::title($provider)));
        }
    }

    /**
     * The provider that the address asks to be disconnected, if the reader could do that.
     */
    public static function asked(): null|Provider
    {
        $provider = Provider::tryFrom(Request::query(self::PROVIDER));

        return $provider !== null && self::is_connected($provider) ? $provider : null;
    }

    public static function confirm(Provider $provider, Tab $tab): void
    {
        $others = array_filter(Provider::cases(), static fn(Provider $other): bool => $other !== $provider && self::is_connected($other));
        $facts = [
            $provider === Provider::Logto
                ? __('The endpoint, App ID, and App secret are removed from this site.', 'logto-sign-in')
                : __('The Client ID and Client Secret are removed from this site.', 'logto-sign-in'),
            $others === []
                ? __('Until you enter them again, users log in with their WordPress passwords.', 'logto-sign-in')
                : __('Until you enter them again, users sign in with the other provider.', 'logto-sign-in'),
            __('Users, their account connections, and all other settings are kept.', 'logto-sign-in'),
        ];
        printf('<h2>%s</h2><ul class="ul-disc"><li>%s</li></ul>', esc_html(self::title($provider)), implode('</li><li>', array_map('esc_html', $facts)));
        RequestedPlace::open_form(self::ACTION);
        printf('<input type="hidden" name="%s" value="%s"><p class="submit">', esc_attr(self::PROVIDER), esc_attr($provider->value));
        submit_button(self::title($provider), 'primary', 'submit', false);
        printf(' <a href="%s" class="button">%s</a></p></form>', esc_url($tab->url()), esc_html__('Cancel', 'logto-sign-in'));
    }

    public static function run(): void
    {
        $place = RequestedPlace::of_form(self::ACTION);
        $provider = Provider::tryFrom(Request::posted(self::PROVIDER)) ?? Provider::Logto;
        $tab = $provider === Provider::Logto ? Tab::Connection : Tab::Dingtalk;
        $done = Sanitizer::report($place->disconnect($provider), []);
        RequestedPlace::back($tab, $done ? __('Disconnected. You can enter credentials again at any time.', 'logto-sign-in') : '');
    }

    private static function title(Provider $provider): string
    {
        return $provider === Provider::Logto ? __('Disconnect from Logto', 'logto-sign-in') : __('Disconnect from DingTalk', 'logto-sign-in');
    }

    private static function is_connected(Provider $provider): bool
    {
        return Settings::current()->text($provider === Provider::Logto ? 'endpoint' : 'dingtalk_client_id') !== '' || $provider === Provider::Logto && Settings::current()->text('issuer') !== '';
    }
}
