<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Request;

/**
 * Asks for the code of a second factor that another plugin expects in the login form, and that a visitor who comes from a
 * provider had no field for. The code goes to that plugin, which alone judges it.
 */
final class CodePage
{
    private const ACTION = 'logto_sign_in_code_';

    public static function show(\WP_User $user, \WP_Error $asked): void
    {
        status_header(403);
        LoginStyle::enqueue();
        // Changing the language would open this address once more.
        add_filter('login_display_language_dropdown', '__return_false');
        login_header(__('One more step', 'logto-sign-in'), '', $asked);
        printf('<form name="loginform" id="loginform" action="%s" method="post">', esc_url(Site::code_uri()));
        wp_nonce_field(self::ACTION . $user->ID, '_wpnonce', false);
        printf(
            '<p><label for="logto-code">%1$s</label><input type="text" name="%2$s" id="logto-code" class="input" inputmode="numeric" autocomplete="one-time-code" required autofocus></p>'
            . '<input type="hidden" name="user" value="%3$d">'
            . '<p class="submit"><input type="submit" class="button button-primary button-large" value="%4$s"></p></form>',
            esc_html__('Code of your second factor', 'logto-sign-in'),
            esc_attr(FormGuards::code_field($asked)),
            (int) $user->ID,
            esc_attr__('Continue', 'logto-sign-in'),
        );
        login_footer('logto-code');
    }

    /**
     * The sign-in goes on where it was, in the same browser: the plugin finds its field in the request.
     */
    public static function submitted(): void
    {
        $user_id = Input::to_int(Request::posted('user'));
        $unfinished = wp_verify_nonce(Request::posted('_wpnonce'), self::ACTION . $user_id) === false ? null : Completion::waiting($user_id);
        if ($unfinished === null) {
            Log::write('state_expired', 'no sign-in in this browser waits for a code of user ' . $user_id);
            ErrorPage::show(Client::refuse('state_expired'));

            return;
        }

        SignIn::perform($unfinished->outcome, $unfinished->provider, $unfinished->tries + 1);
    }
}
