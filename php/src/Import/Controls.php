<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Support\Input;

/**
 * Prints the controls of Logto › Import.
 */
final class Controls
{
    /**
     * A box for administrators, if a dry run has found some who are not linked.
     *
     * @param array<array-key, mixed> $run
     */
    public static function privileged(array $run): void
    {
        $number = Input::int(Input::map($run, 'counts'), 'privileged');
        if ($number > 0) {
            /* translators: %s: number of administrators. */
            $message = sprintf(__('Link administrators too (%s): I have compared each with the Logto Console', 'logto-sign-in'), number_format_i18n($number));
            printf('<p><label for="logto-privileged"><input id="logto-privileged" name="logto_privileged" type="checkbox" value="1"> %s</label></p>', esc_html($message));
        }
    }

    /**
     * Opens a form; its buttons say what to do.
     */
    public static function open(string $mark): void
    {
        printf('<form action="%s" method="post" %s>', esc_url(admin_url('admin-post.php')), esc_attr($mark));
        printf('<input type="hidden" name="action" value="%s">', esc_attr(Action::ACTION));
        wp_nonce_field(Action::ACTION);
    }

    public static function button(string $step, string $label, bool $primary): void
    {
        printf('<button name="logto_import" value="%s" class="button%s">%s</button> ', esc_attr($step), $primary ? ' button-primary' : '', esc_html($label));
    }
}
