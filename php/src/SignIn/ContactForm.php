<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Contact;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Request;

/**
 * Asks a visitor who waits for approval, and whose account has no email address, where to tell them.
 */
final class ContactForm
{
    private const ACTION = 'logto_contact';
    private const TICKET = 'logto_ticket';
    private const EMAIL = 'logto_email';

    /**
     * The form, for the page that says that the account waits; nothing for a user who has an address, or is not waiting.
     */
    public static function of(int $user_id): string
    {
        $user = $user_id === 0 ? false : get_userdata($user_id);

        return $user !== false && UserMeta::is_pending($user_id) && Contact::is_needed($user)
            ? self::html(Contact::ticket($user_id), UserMeta::text($user_id, UserMeta::CONTACT))
            : '';
    }

    public static function run(): never
    {
        Response::prepare();
        self::submitted();

        exit();
    }

    private static function submitted(): void
    {
        $ticket = Request::posted(self::TICKET);
        $user = Contact::holder($ticket);
        if ($user === null) {
            Log::write('state_expired', 'the form for an email address is older than ten minutes, or not of this site');
            ErrorPage::show(Client::refuse('state_expired'));

            return;
        }

        $email = Request::posted(self::EMAIL);
        $is_kept = Contact::keep($user, $email);
        /* translators: %s: email address. */
        $told = $is_kept ? sprintf(__('An email will be sent to %s when your account is approved.', 'logto-sign-in'), trim($email)) : __('This is not an email address.', 'logto-sign-in');
        LoginStyle::enqueue();
        // Changing the language would open this address without what was posted.
        add_filter('login_display_language_dropdown', '__return_false');
        $box = $is_kept ? '<div class="logto-told" role="status"><p>%s</p></div>%s' : '<div class="logto-refused" role="alert"><p>%s</p></div>%s';
        login_header(__('Waiting for approval', 'logto-sign-in'), sprintf($box, esc_html($told), $is_kept ? '' : self::html($ticket, $email)));
        login_footer();
    }

    private static function html(string $ticket, string $email): string
    {
        return sprintf(
            '<form class="logto-choices" action="%s" method="post"><input type="hidden" name="%s" value="%s"><p><label for="logto-email">%s</label><input id="logto-email" class="input" type="email" name="%s" value="%s" autocomplete="email" required></p><button class="button button-primary button-large">%s</button></form>',
            esc_url(add_query_arg('action', self::ACTION, LoginPath::shown())),
            esc_attr(self::TICKET),
            esc_attr($ticket),
            esc_html__('Email address to notify when your account is approved', 'logto-sign-in'),
            esc_attr(self::EMAIL),
            esc_attr($email),
            esc_html__('Notify me', 'logto-sign-in'),
        );
    }
}
