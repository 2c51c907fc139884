<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Support\Input;

/**
 * Controls of the sections on profile pages. WordPress's own form surrounds these sections, so ours is at
 * the end of the page, and the controls name it.
 */
final class Form
{
    public function __construct(
        private readonly string $form,
    ) {
    }

    /**
     * The form, at the end of the page.
     *
     * @param array<string, string> $hidden
     */
    public function form_in_footer(array $hidden): void
    {
        add_action('admin_footer', function () use ($hidden): void {
            printf('<form id="%s" action="%s" method="post">', esc_attr($this->form), esc_url(admin_url('admin-post.php')));
            foreach ($hidden as $name => $value) {
                printf('<input type="hidden" name="%s" value="%s">', esc_attr($name), esc_attr($value));
            }

            echo '</form>';
        });
        // Enter in a field presses the form's first button, which would be a removal.
        printf('<button type="submit" form="%s" disabled hidden></button>', esc_attr($this->form));
    }

    /**
     * @param string $subject What a screen reader says after the label, where the eye sees it beside the button.
     */
    public function button(string $name, string $value, string $label, string $subject = ''): void
    {
        printf(
            '<button type="submit" form="%s" class="button" name="%s" value="%s">%s%s</button> ',
            esc_attr($this->form),
            esc_attr($name),
            esc_attr($value),
            esc_html($label),
            $subject === '' ? '' : '<span class="screen-reader-text"> ' . esc_html($subject) . '</span>',
        );
    }

    public function field(string $id, string $name, string $label, bool $secret = false): void
    {
        printf(
            '<p><label for="%1$s">%2$s</label><br><input id="%1$s" form="%3$s" name="%4$s" type="%5$s" class="regular-text" autocomplete="%6$s"></p>',
            esc_attr($id),
            esc_html($label),
            esc_attr($this->form),
            esc_attr($name),
            esc_attr($secret ? 'password' : 'text'),
            esc_attr($secret ? 'current-password' : 'off'),
        );
    }

    /**
     * Nobody changes another account by a slip.
     */
    public function confirmation(): void
    {
        printf(
            '<p><label><input type="checkbox" form="%s" name="logto_confirmed" value="1" required> %s</label></p>',
            esc_attr($this->form),
            esc_html__('I am sure: this changes who can sign in to which account.', 'logto-sign-in'),
        );
    }

    /**
     * Asks for what shows that the user is at the keyboard: the password, or a recent sign-in.
     */
    public function reauthentication(\WP_User $user): void
    {
        if (Reauthentication::is_given($user, '')) {
            return;
        }

        if (KnownPassword::exists($user)) {
            $label = __('To make changes here, enter your password for this site:', 'logto-sign-in');
            $this->field('logto-password', 'logto_password', $label, true);

            return;
        }

        echo '<p>' . esc_html__('Changes require a sign-in within the last five minutes. If needed, sign out and in again.', 'logto-sign-in') . '</p>';
    }

    /**
     * The beginning of a table; `</tbody></table></div>` ends it. On a phone the table scrolls, not the page; the buttons in it
     * take the keyboard there. What only a screen reader reads has its place in the table, too: it would widen the page.
     *
     * @param list<string> $headings
     */
    public static function open_table(array $headings): void
    {
        echo '<div style="position: relative; max-width: 60em; overflow-x: auto"><table class="widefat striped" style="min-width: 36em"><thead><tr>';
        foreach ($headings as $heading) {
            printf('<th scope="col">%s</th>', esc_html($heading));
        }

        echo '</tr></thead><tbody>';
    }

    public static function notice(string $message, bool $success): void
    {
        if ($message !== '') {
            printf('<div class="notice notice-%s inline" role="status"><p>%s</p></div>', esc_attr($success ? 'success' : 'error'), esc_html($message));
        }
    }

    /**
     * A time of the database, as the site writes dates.
     */
    public static function date(string $gmt): string
    {
        return $gmt === '' ? '–' : (string) mysql2date(Input::to_string(get_option('date_format'), 'Y-m-d'), get_date_from_gmt($gmt));
    }
}
