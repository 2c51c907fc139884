<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\Probe;
use LogtoSignIn\Support\Input;

/**
 * Whether the redirect URI answers. The site asks itself, as a visitor without any cookie: what guards the login page may
 * be another plugin, a firewall, or the web server.
 */
final class AddressCheck
{
    private const TRANSIENT = 'logto_sign_in_address';

    /** Seconds for which what was found holds. */
    private const LIFETIME_SECS = 43_200;

    private const TIMEOUT_SECS = 3;

    /**
     * What a visitor at the redirect URI would meet instead of a sign-in, in words; nothing when it answers, or when the
     * site cannot ask itself.
     */
    public static function problem(): string
    {
        $found = Input::to_map(get_transient(self::TRANSIENT));
        if (Input::string($found, 'key') === self::key()) {
            return Input::string($found, 'problem');
        }

        $problem = self::look(Site::redirect_uri()) ?? '';
        set_transient(self::TRANSIENT, ['key' => self::key(), 'problem' => $problem], self::LIFETIME_SECS);

        return $problem;
    }

    /**
     * Forgets what was found.
     */
    public static function forget(): void
    {
        delete_transient(self::TRANSIENT);
    }

    /**
     * A path that answers, for addresses in place of the registered ones.
     *
     * @return LoginPath::LOGIN_PAGE|LoginPath::FRONT|null
     */
    public static function other_path(): null|string
    {
        foreach (LoginPath::candidates() as $path => $address) {
            if ($address !== LoginPath::registered() && self::look(add_query_arg('action', 'logto_callback', $address)) === '') {
                return $path;
            }
        }

        return null;
    }

    /**
     * A test of Site Health.
     *
     * @return array<string, mixed>
     */
    public static function site_health(): array
    {
        $found = Settings::current()->is_configured() ? self::look(Site::redirect_uri()) : '';
        $address = '<code>' . esc_html(Site::redirect_uri()) . '</code>';

        return match (true) {
            $found === null => SiteHealth::result('address', 'recommended', __('The redirect URI could not be checked', 'logto-sign-in'), sprintf(
                /* translators: %s: address. */
                esc_html__('This site cannot send requests to itself. Open %s in a private window: an error page of this site is the right answer.', 'logto-sign-in'),
                $address,
            )),
            $found !== '' => SiteHealth::result('address', 'critical', __('The redirect URI does not answer', 'logto-sign-in'), sprintf(
                /* translators: 1: address, 2: what answered instead, such as HTTP 404. */
                esc_html__('No one can sign in while %1$s is blocked (%2$s). The settings page says what to do.', 'logto-sign-in'),
                $address,
                esc_html($found),
            )),
            default => SiteHealth::result('address', 'good', __('The redirect URI answers', 'logto-sign-in'), $address),
        };
    }

    /**
     * @return null|string What answered instead; empty when it was this plugin, null when nothing answered.
     */
    private static function look(string $address): null|string
    {
        $probe = wp_generate_password(32, false);
        $answer = wp_remote_get(add_query_arg(Probe::PARAMETER, $probe, $address), [
            'timeout' => self::TIMEOUT_SECS,
            'redirection' => 0,
            /** This filter is documented in wp-includes/class-wp-http-streams.php */
            'sslverify' => apply_filters('https_local_ssl_verify', false, $address) === true,
        ]);
        if ($answer instanceof \WP_Error) {
            return null;
        }

        $status = (int) wp_remote_retrieve_response_code($answer);

        return match (true) {
            hash_equals(Probe::expected($probe), trim(wp_remote_retrieve_body($answer))) => '',
            $status === 200 => __('another page is shown', 'logto-sign-in'),
            default => 'HTTP ' . $status,
        };
    }

    /**
     * What was found holds for as long as this stays the same.
     */
    private static function key(): string
    {
        $of_network = is_multisite() ? get_site_option('active_sitewide_plugins') : null;

        return md5((string) wp_json_encode([Site::redirect_uri(), get_option('active_plugins'), $of_network, get_option('permalink_structure')]));
    }
}
