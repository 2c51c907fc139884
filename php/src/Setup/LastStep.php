<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\LoginType;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * The last step: to test the sign-in, and then to turn it on for visitors.
 */
final class LastStep
{
    public static function test(Provider $provider): void
    {
        printf('<section id="logto-test"><h2>%s</h2>', esc_html__('3. Test sign-in', 'logto-sign-in'));
        echo '<p>' . esc_html__('Opens a new window, where you sign in as a visitor would. Nothing changes here: you see what the sign-in would do, or what is wrong.', 'logto-sign-in') . '</p>';
        $settings = Settings::current();
        $is_ready = $provider === Provider::Logto ? $settings->has_logto() : $settings->has_dingtalk();
        $proof = $is_ready ? Proof::of($provider, $settings) : null;
        if ($proof !== null) {
            printf('<p class="logto-done">%s</p>', esc_html(self::proven($proof['by'], $proof['at'])));
        }

        printf('<form action="%s" method="post" target="_blank">', esc_url(TestSignIn::url()));
        wp_nonce_field(TestSignIn::ACTION);
        printf(
            '<input type="hidden" name="provider" value="%s"><p><button class="button%s"%s>%s</button></p></form></section>',
            esc_attr($provider->value),
            $proof === null ? ' button-primary' : '',
            disabled(!$is_ready, true, false),
            esc_html__('Test sign-in (new window)', 'logto-sign-in'),
        );
    }

    public static function turn_on(Provider $provider): void
    {
        if (Proof::of($provider, Settings::current()) === null) {
            return;
        }

        printf('<section id="logto-turn-on"><h2>%s</h2>', esc_html__('Turn on for visitors', 'logto-sign-in'));
        Action::open('turn_on');
        printf('<fieldset><legend>%s</legend>', esc_html__('What the login page does:', 'logto-sign-in'));
        foreach (LoginType::cases() as $type) {
            printf(
                '<p><label><input type="radio" name="login_type" value="%s"%s> %s</label></p>',
                esc_attr($type->value),
                checked(LoginType::current(), $type, false),
                esc_html($type->label()),
            );
        }

        echo '</fieldset>';
        self::password_login();
        printf('<p><button class="button button-primary">%s</button></p></form></section>', esc_html__('Turn on for visitors', 'logto-sign-in'));
    }

    /**
     * Only who can come back in is offered to close the form.
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
        printf('<p class="description" id="logto-ways-back">' . $ways . '</p>', "<code>define('LOGTO_SIGN_IN_FORM_LOGIN', true);</code>", '<code>wp logto login-form on</code>');
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
