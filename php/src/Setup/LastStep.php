<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * The last step: to test the sign-in, and then to turn it on for visitors.
 */
final class LastStep
{
    /**
     * Within the form of the credentials: the button saves them, too.
     */
    public static function test(Provider $provider): void
    {
        printf('<h3 id="logto-test-%s">%s</h3>', esc_attr($provider->value), esc_html__('3. Test sign-in', 'logto-sign-in'));
        echo '<p>' . esc_html__('Saves the credentials and opens a window where you sign in as a visitor would. You see what the sign-in would do, or what is wrong. Visitors notice nothing.', 'logto-sign-in') . '</p>';
        if ($provider === Provider::Dingtalk) {
            echo '<p>' . esc_html__('If DingTalk shows an error there instead of asking for your consent, the redirect URL is missing or differs in the DingTalk Open Platform.', 'logto-sign-in') . '</p>';
        }

        $proof = Proof::of($provider, Settings::current());
        if ($proof !== null && in_array($provider, Provider::configured(Settings::current()), true)) {
            printf('<p class="logto-done">%s</p>', esc_html(self::proven($proof['by'], $proof['at'])));
        }

        printf(
            '<p><button class="button button-primary" formaction="%s" formtarget="_blank">%s</button></p>',
            esc_url(TestSignIn::url()),
            esc_html__('Test sign-in (new window)', 'logto-sign-in'),
        );
    }

    public static function turn_on(): void
    {
        if (!Proof::is_live()) {
            return;
        }

        $is_on = LoginType::current() === LoginType::Redirect;
        $title = $is_on ? Labels::of('login_type') : __('Turn on for visitors', 'logto-sign-in');
        printf('<section class="logto-card" id="logto-turn-on"><h2>%s</h2>', esc_html($title));
        Action::open('turn_on');
        printf('<fieldset><legend>%s</legend>', esc_html__('What the login page does:', 'logto-sign-in'));
        foreach (LoginType::cases() as $type) {
            printf(
                '<p><label><input type="radio" name="login_type" value="%s"%s> %s</label></p>',
                esc_attr($type->value),
                checked(LoginType::current()->value, $type->value, false),
                esc_html($type->label()),
            );
        }

        echo '</fieldset>';
        self::password_login();
        printf('<p><button class="button button-primary">%s</button></p></form></section>', $is_on ? esc_html__('Save', 'logto-sign-in') : esc_html($title));
    }

    /**
     * Offers to turn password login off, and only to those who can come back in without a password.
     */
    private static function password_login(): void
    {
        if (is_multisite() || !Proof::is_own()) {
            return;
        }

        printf(
            '<p><input type="hidden" name="form_login" value="1"><label><input type="checkbox" name="form_login" value="0"%s aria-describedby="logto-ways-back"> %s</label></p>',
            checked(Settings::current()->flag('form_login'), false, false),
            esc_html__('Turn off login with a WordPress password', 'logto-sign-in'),
        );
        /* translators: 1: a line of wp-config.php, 2: a command. */
        $ways = esc_html__('If nobody can sign in any more, either of these turns it on again: %1$s in wp-config.php, or the command %2$s.', 'logto-sign-in');
        $ways = sprintf($ways, "<code>define('LOGTO_SIGN_IN_FORM_LOGIN', true);</code>", '<code>wp logto login-form on</code>');
        printf('<p class="description" id="logto-ways-back">%s</p>', wp_kses($ways, ['code' => []]));
    }

    private static function proven(int $user_id, int $at): string
    {
        $date = (string) wp_date(Input::to_string(get_option('date_format'), 'Y-m-d'), $at);
        $user = get_userdata($user_id);

        return $user === false
            /* translators: %s: date. */
            ? sprintf(__('A sign-in has worked since %s.', 'logto-sign-in'), $date)
            /* translators: 1: date, 2: display name. */
            : sprintf(__('A sign-in worked on %1$s (%2$s).', 'logto-sign-in'), $date, $user->display_name);
    }
}
