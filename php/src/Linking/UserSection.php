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
 * “Sign-in methods” on another user’s page, for admins.
 */
final class UserSection
{
    public static function show(\WP_User $user): void
    {
        if (!AdminLink::current_user_can_change($user->ID)) {
            return;
        }

        $code = Request::query('logto_ways');
        $rows = Identities::of_user($user->ID);
        if ($rows === [] && $code === '' && !Settings::current()->is_configured()) {
            return;
        }

        echo '<h2 id="logto-ways">' . esc_html__('Sign-in methods', 'logto-sign-in') . '</h2>';
        Form::notice($code === '' ? '' : Catalog::of($code)->message, in_array($code, ['unlinked', 'moved'], true));

        /**
         * Fires on the page of another user, below the heading of the sign-in methods.
         *
         * @since 0.2.0
         *
         * @param \WP_User $user The user whose page it is.
         */
        do_action('logto_sign_in_user_section', $user);
        if ($rows === []) {
            echo '<p>' . esc_html__('So far, only your password for this site.', 'logto-sign-in') . '</p>';

            return;
        }

        self::methods($user, $rows);
    }

    /**
     * The sign-in methods, with what an administrator can do to them.
     *
     * @param list<array<array-key, mixed>> $rows
     */
    private static function methods(\WP_User $user, array $rows): void
    {
        $warning = LastMethod::message($user);
        echo $warning === '' ? '' : '<p>' . esc_html($warning) . '</p>';
        $controls = new Form('logto-user-ways-form');
        $controls->form_in_footer([
            'action' => AdminLink::ACTION,
            'logto_user' => (string) $user->ID,
            '_wpnonce' => wp_create_nonce(AdminLink::ACTION . $user->ID),
        ]);
        // The buttons are in the table: what they need comes right before them.
        $controls->confirmation();
        $controls->reauthentication(wp_get_current_user());
        $controls->field('logto-target', 'logto_target', __('To move one, enter the username of its owner’s account:', 'logto-sign-in'));
        self::table($controls, $rows);
        Organizations::show($user, $rows);
    }

    /**
     * @param list<array<array-key, mixed>> $rows
     */
    private static function table(Form $controls, array $rows): void
    {
        Form::open_table([
            __('Method', 'logto-sign-in'),
            __('Subject', 'logto-sign-in'),
            __('Connected since', 'logto-sign-in'),
            __('Last sign-in', 'logto-sign-in'),
            __('Actions', 'logto-sign-in'),
        ]);
        foreach ($rows as $row) {
            $name = Provider::describe(Input::string($row, 'issuer'));
            $subject = Text::shorten(Input::string($row, 'subject'), 40);
            printf('<tr><th scope="row">%s</th><td><code>%s</code></td>', esc_html($name), esc_html($subject));
            foreach (['created', 'last_sign_in'] as $time) {
                printf('<td>%s</td>', esc_html(Form::date(Input::string($row, $time))));
            }

            echo '<td>';
            $id = Input::string($row, 'id');
            $controls->button('logto_unlink', $id, __('Disconnect', 'logto-sign-in'), $name . ', ' . $subject);
            $controls->button('logto_move', $id, __('Move to user…', 'logto-sign-in'), $name . ', ' . $subject);
            echo '</td></tr>';
        }

        echo '</tbody></table></div>';
    }
}
