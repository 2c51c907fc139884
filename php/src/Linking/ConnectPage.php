<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Protocol\ConnectStep;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Request;

/**
 * The page of a pending connection, in the look of WordPress's login page: it says who wants to be connected to what, and
 * what proves it. It names the account to nobody but its owner.
 */
final class ConnectPage
{
    public static function show(Outcome\ConnectPage $page): void
    {
        Response::set_cookies($page->cookies);
        LoginStyle::enqueue();
        // Changing the language would open this address without what was posted.
        add_filter('login_display_language_dropdown', '__return_false');
        $confirms = in_array($page->step, [ConnectStep::Confirm, ConnectStep::ConfirmMailed], true);
        login_header(__('Connect your account', 'logto-sign-in'), $confirms ? self::confirmation($page) : self::question($page));
        login_footer();
    }

    private static function question(Outcome\ConnectPage $page): string
    {
        $with_password = PasswordLogin::is_available();
        $text = $with_password
            ? __('Log in with your password once to connect the two.', 'logto-sign-in')
            : __('Sign in to it as before to connect the two.', 'logto-sign-in');
        $login = sprintf(
            '<a class="button button-primary button-large" href="%s">%s</a>',
            esc_url(add_query_arg('form', '1', wp_login_url(Site::connect_uri(), true))),
            esc_html($with_password ? __('Log in with your password', 'logto-sign-in') : __('Sign in another way', 'logto-sign-in')),
        );
        /* translators: %s: email address. */
        $mailed = __('If this account can be connected by email, a link was sent to %s. Open it in this browser within ten minutes.', 'logto-sign-in');

        $choices = self::form([
            ...($page->may_mail && $page->step !== ConnectStep::Mailed ? ['mail' => __('Email me a link', 'logto-sign-in')] : []),
            ...($page->may_separate ? ['separate' => __('Create a separate account', 'logto-sign-in')] : []),
        ]);

        return ($page->step === ConnectStep::Mailed ? sprintf('<div class="logto-told" role="status"><p>%s</p></div>', esc_html(sprintf($mailed, $page->email))) : '')
            . self::box(__('You already have an account here', 'logto-sign-in'), [
                self::identity($page),
                esc_html(__('An account on this site uses your email address.', 'logto-sign-in') . ' ' . $text),
            ])
            . '<div class="logto-actions">' . $login . $choices . '</div>';
    }

    private static function confirmation(Outcome\ConnectPage $page): string
    {
        $user = get_userdata($page->user_id);
        $ends = match ($page->ends) {
            Ends::Nothing => '',
            Ends::Sessions => __('Other sessions and application passwords of this account will end.', 'logto-sign-in'),
            Ends::Everything => __('All sessions, application passwords, and other sign-in methods of this account will end, and its password will be reset. You can set a new password later.', 'logto-sign-in'),
        };
        /* translators: 1: username, 2: name of the site. */
        $account = sprintf(esc_html__('Your account: %1$s on %2$s', 'logto-sign-in'), '<strong>' . esc_html($user === false ? '' : $user->user_login) . '</strong>', esc_html(get_bloginfo('name', 'display')));

        $paragraphs = array_filter([
            self::identity($page),
            $account,
            /* translators: %s: Logto or DingTalk. */
            esc_html(sprintf(__('Anyone who can sign in to this %s account will be able to sign in here as you.', 'logto-sign-in'), self::provider($page))),
            esc_html($ends),
        ]);

        return self::box(__('Connect your account?', 'logto-sign-in'), $paragraphs)
            . '<div class="logto-actions">' . self::form(['connect' => __('Connect', 'logto-sign-in')], 'button-primary') . '</div>';
    }

    /**
     * @param array<string> $paragraphs HTML.
     */
    private static function box(string $heading, array $paragraphs): string
    {
        return sprintf('<div class="logto-question"><h2>%s</h2><p>%s</p></div>', esc_html($heading), implode('</p><p>', $paragraphs));
    }

    /**
     * @param array<string, string> $buttons Labels by choice.
     */
    private static function form(array $buttons, string $look = ''): string
    {
        $code = Request::query('code');
        $html = $code === '' ? '' : sprintf('<input type="hidden" name="code" value="%s">', esc_attr($code));
        foreach ($buttons as $choice => $label) {
            $html .= self::button($choice, 'button button-large ' . $look, $label);
        }

        return sprintf(
            '<form class="logto-choices" method="post" action="%s"><input type="hidden" name="_wpnonce" value="%s">%s%s</form>',
            esc_url(Site::connect_uri()),
            esc_attr(wp_create_nonce(Connect::nonce_action())),
            $html,
            self::button('cancel', 'button-link', __('Cancel', 'logto-sign-in')),
        );
    }

    private static function button(string $choice, string $look, string $label): string
    {
        return sprintf('<button type="submit" name="%s" value="%s" class="%s">%s</button>', esc_attr(Connect::CHOICE), esc_attr($choice), esc_attr($look), esc_html($label));
    }

    private static function identity(Outcome\ConnectPage $page): string
    {
        $name = '<strong>' . esc_html($page->name) . '</strong>';

        return $page->email === ''
            /* translators: 1: Logto or DingTalk, 2: name of a person. */
            ? sprintf(esc_html__('You signed in with %1$s as %2$s.', 'logto-sign-in'), esc_html(self::provider($page)), $name)
            /* translators: 1: Logto or DingTalk, 2: name of a person, 3: email address. */
            : sprintf(esc_html__('You signed in with %1$s as %2$s (%3$s).', 'logto-sign-in'), esc_html(self::provider($page)), $name, esc_html($page->email));
    }

    private static function provider(Outcome\ConnectPage $page): string
    {
        return (Provider::tryFrom($page->provider) ?? Provider::Logto)->label();
    }
}
