<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Request;

/**
 * A link that signs one user in once, for an admin who is locked out. WP-CLI makes it: whoever has a shell has the site.
 *
 * Only the hash of its secret is stored. Opening the link asks for a click, since chats and mail programs open links to show
 * a preview of them; the click spends it.
 */
final class SignInLink
{
    public const LIFETIME_SECS = 600;

    /**
     * The link of a user; an earlier one no longer works.
     */
    public static function create(\WP_User $user): string
    {
        $secret = wp_generate_password(43, false);
        update_user_meta($user->ID, UserMeta::SIGN_IN_LINK, ['hash' => hash('sha256', $secret), 'expires' => time() + self::LIFETIME_SECS]);
        Log::write('sign_in_link', 'WP-CLI made a sign-in link for user ' . $user->ID);

        return add_query_arg(['user' => (string) $user->ID, 'secret' => $secret], self::url());
    }

    public static function run(): never
    {
        self::open();

        exit();
    }

    /**
     * Shows the question, or does what the visitor has confirmed.
     */
    private static function open(): void
    {
        Response::prepare();
        $user = get_userdata((int) Request::text('user'));
        $stored = $user === false ? [] : Input::to_map(get_user_meta($user->ID, UserMeta::SIGN_IN_LINK, true));
        $is_right = hash_equals(Input::string($stored, 'hash', '-'), hash('sha256', Request::text('secret')));
        if ($user === false || !$is_right || Input::int($stored, 'expires') < time() || UserMeta::is_pending($user->ID)) {
            self::refuse('it is wrong, was used, or is older than ten minutes');

            return;
        }

        if (Request::posted('secret') === '') {
            self::ask($user);

            return;
        }

        // Of two requests at once, one removes it and goes on.
        delete_user_meta($user->ID, UserMeta::SIGN_IN_LINK, $stored) ? self::sign_in($user) : self::refuse('it was used by another request');
    }

    private static function sign_in(\WP_User $user): void
    {
        wp_set_auth_cookie($user->ID);
        wp_set_current_user($user->ID);
        Log::write('sign_in_link', 'a sign-in link signed in user ' . $user->ID);
        Recorder::record(new Event(Kind::SignedIn, Recorder::SIGN_IN_LINK, user_id: $user->ID));

        /** This action is documented in wp-includes/user.php */
        do_action('wp_login', $user->user_login, $user);
        wp_safe_redirect(admin_url(), 302, 'Logto Sign-In');
    }

    private static function refuse(string $cause): void
    {
        Log::write('sign_in_link_invalid', 'a sign-in link was refused: ' . $cause);
        ErrorPage::show(Client::refuse('sign_in_link_invalid'));
    }

    /**
     * The secret goes back in the body, so that no log of the second request has it.
     */
    private static function ask(\WP_User $user): void
    {
        LoginStyle::enqueue();
        // Changing the language would open this address once more.
        add_filter('login_display_language_dropdown', '__return_false');
        login_header(__('Sign in', 'logto-sign-in'));
        printf(
            '<form name="loginform" id="loginform" action="%s" method="post"><p>%s</p><input type="hidden" name="user" value="%d"><input type="hidden" name="secret" value="%s">'
                . '<p class="submit"><input type="submit" class="button button-primary button-large" value="%s"></p></form>',
            esc_url(self::url()),
            /* translators: %s: username. */
            esc_html(sprintf(__('Sign in as %s? This link works once.', 'logto-sign-in'), $user->user_login)),
            (int) $user->ID,
            esc_attr(Request::query('secret')),
            esc_attr__('Sign in', 'logto-sign-in'),
        );
        login_footer();
    }

    private static function url(): string
    {
        return add_query_arg('action', 'logto_link', LoginPath::shown());
    }
}
