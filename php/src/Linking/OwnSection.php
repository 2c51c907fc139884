<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;
use LogtoSignIn\Support\Text;

/**
 * “Sign-in methods” on one’s own profile page.
 */
final class OwnSection
{
    public static function show(\WP_User $user): void
    {
        $rows = Identities::of_user($user->ID);
        $settings = Settings::current();
        if ($user->ID !== get_current_user_id() || $rows === [] && !$settings->is_configured()) {
            return;
        }

        $controls = new Form('logto-ways-form');
        echo '<h2 id="logto-ways">' . esc_html__('Sign-in methods', 'logto-sign-in') . '</h2>';
        self::notice(Request::query('logto_ways'));
        $controls->form_in_footer(['action' => Link::ACTION, '_wpnonce' => wp_create_nonce(Link::ACTION)]);
        self::table($controls, $rows);
        Organizations::show($user, $rows);
        $controls->reauthentication($user);
        echo '<p>';
        foreach (Provider::configured($settings) as $provider) {
            $label = $provider === Provider::Dingtalk ? __('Connect DingTalk', 'logto-sign-in') : __('Connect Logto', 'logto-sign-in');
            $controls->button('logto_add', $provider->value, $label);
        }

        echo '</p>';
    }

    private static function notice(string $code): void
    {
        Form::notice($code === '' ? '' : Catalog::of($code)->message, in_array($code, ['linked', 'removed'], true));
    }

    /**
     * @param list<array<array-key, mixed>> $rows
     */
    private static function table(Form $controls, array $rows): void
    {
        if ($rows === []) {
            echo '<p>' . esc_html__('So far, only your password for this site.', 'logto-sign-in') . '</p>';

            return;
        }

        Form::open_table([__('Method', 'logto-sign-in'), __('Subject', 'logto-sign-in'), __('Connected since', 'logto-sign-in'), __('Disconnect', 'logto-sign-in')]);
        foreach ($rows as $row) {
            $subject = Text::shorten(Input::string($row, 'subject'), 12);
            $name = Provider::describe(Input::string($row, 'issuer'));
            $since = Form::date(Input::string($row, 'created'));
            printf('<tr><th scope="row">%s</th><td><code>%s</code></td><td>%s</td><td>', esc_html($name), esc_html($subject), esc_html($since));
            $controls->button('logto_remove', Input::string($row, 'id'), __('Disconnect', 'logto-sign-in'), $name . ', ' . $subject);
            echo '</td></tr>';
        }

        echo '</tbody></table></div>';
    }
}
