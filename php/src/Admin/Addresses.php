<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;

/**
 * The addresses of the site that the Logto Console wants to know.
 */
final class Addresses
{
    public static function show(): void
    {
        $rows = [
            'logto-redirect-uri' => [__('Redirect URI', 'logto-sign-in'), Site::redirect_uri()],
            'logto-post-sign-out' => [__('Post sign-out redirect URI', 'logto-sign-in'), Site::post_logout_redirect_uri()],
            'logto-start' => [__('Sign-in URL', 'logto-sign-in'), Site::start_uri()],
            'logto-backchannel' => [__('Back-channel logout URI', 'logto-sign-in'), self::of('logto_backchannel_logout')],
        ];
        if (Settings::current()->flag('frontchannel_logout')) {
            $rows['logto-frontchannel'] = [__('Front-channel logout URI', 'logto-sign-in'), self::of('logto_frontchannel_logout')];
        }

        echo '<h2>' . esc_html__('For the Logto Console', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('Copy the first two into “Redirect URIs” and “Post sign-out redirect URIs” of your application in the Logto Console. Use the third for links and menus.', 'logto-sign-in') . '</p>';
        echo '<p>' . esc_html__('Enter the back-channel logout URI there too: signing out of Logto in another application then ends sessions here.', 'logto-sign-in') . '</p>';
        echo '<table class="form-table" role="presentation">';
        foreach ($rows as $id => [$label, $address]) {
            printf('<tr><th scope="row"><label for="%1$s" id="%1$s-label">%2$s</label></th><td>', esc_attr($id), esc_html($label));
            Field::address($id, $address);
            echo '</td></tr>';
        }

        echo '</table><p class="screen-reader-text" role="status" id="logto-copied"></p>';
    }

    /**
     * The address of an action that Logto calls.
     */
    public static function of(string $action): string
    {
        return add_query_arg('action', $action, LoginPath::registered());
    }
}
