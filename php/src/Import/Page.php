<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;

/**
 * Logto › Import: coming from Logto's own plugin. It is there only while that plugin's data, or a run, is.
 */
final class Page
{
    public const SLUG = 'logto-sign-in-import';

    public static function is_needed(): bool
    {
        return LogtoPlugin::options() !== [] || Run::run() !== [];
    }

    public static function url(): string
    {
        return admin_url('admin.php?page=' . self::SLUG);
    }

    public static function render(): void
    {
        if (!Action::is_allowed()) {
            printf('<div class="wrap"><p>%s</p></div>', esc_html__('An import decides who gets which account, so only administrators who can edit users can run it. On a network, only network administrators can.', 'logto-sign-in'));

            return;
        }

        $run = Run::run();
        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In Import', 'logto-sign-in') . '</h1>';
        if ($run !== []) {
            Report::show($run);
        }

        $left = !Input::bool($run, 'finished', $run === []);
        if ($left) {
            self::rest($run);
        }

        if (!$left || isset($run['error'])) {
            self::choices($run);
        }

        echo '</div>';
    }

    /**
     * The browser goes on by itself, unless something went wrong; without scripts, the admin presses the button.
     *
     * @param array<array-key, mixed> $run
     */
    private static function rest(array $run): void
    {
        self::open_form(isset($run['error']) ? '' : 'data-logto-continue');
        self::button('continue', __('Continue', 'logto-sign-in'), 'button button-primary');
        echo '</form>';
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function choices(array $run): void
    {
        $after = Input::string($run, 'kind');
        if ($after === Run::IMPORT && Input::bool($run, 'finished') && !isset($run['error'])) {
            self::next_steps();
        }

        if (LogtoPlugin::options() !== []) {
            self::introduction();
            self::open_form('');
            $class = match ($after) {
                // The import is the next step then.
                Run::DRY_RUN => 'button',
                default => 'button button-primary',
            };
            self::button('dry_run', __('Dry run', 'logto-sign-in'), $class);
            if ($after === Run::DRY_RUN && !isset($run['error'])) {
                self::button('import', __('Import', 'logto-sign-in'), 'button button-primary');
                self::privileged_box($run);
            }

            echo '</form>';
        }

        if (Run::can_undo()) {
            printf('<h2>%s</h2><p>%s</p>', esc_html__('Undo', 'logto-sign-in'), esc_html__('Removes only the connections that the import added, and restores the previous settings.', 'logto-sign-in'));
            self::open_form('');
            self::button('undo', __('Undo the import', 'logto-sign-in'), 'button');
            echo '</form>';
        }
    }

    private static function introduction(): void
    {
        echo '<p>' . esc_html__('Imports the official Logto plugin’s settings and account connections; its data stays unchanged. Start with a dry run.', 'logto-sign-in') . '</p>';
    }

    private static function next_steps(): void
    {
        $steps = [
            /* translators: 1: an address, 2: an address. */
            sprintf(__('In the Logto Console, add the redirect URI %1$s and the post sign-out redirect URI %2$s to your application. They differ from the official plugin’s.', 'logto-sign-in'), Site::redirect_uri(), Site::post_logout_redirect_uri()),
            /* translators: %s: an address. */
            sprintf(__('Sign in at %s in a private window.', 'logto-sign-in'), Site::start_uri()),
            __('Deactivate the official Logto plugin. Logto Sign-In then handles login and logout.', 'logto-sign-in'),
            __('Administrators who were not imported connect their Logto account under “Sign-in methods” in the profile.', 'logto-sign-in'),
        ];
        printf('<h2>%s</h2><ol><li>%s</li></ol>', esc_html__('Next steps', 'logto-sign-in'), implode('</li><li>', array_map('esc_html', $steps)));
    }

    /**
     * A box for administrators, if a dry run has found some who are not linked.
     *
     * @param array<array-key, mixed> $run
     */
    private static function privileged_box(array $run): void
    {
        $number = Input::int(Input::map($run, 'counts'), 'privileged');
        if ($number > 0) {
            /* translators: %s: number of administrators. */
            $message = sprintf(__('Import administrators too (%s): I have compared each with the Logto Console', 'logto-sign-in'), number_format_i18n($number));
            printf('<p><label for="logto-privileged"><input id="logto-privileged" name="logto_privileged" type="checkbox" value="1"> %s</label></p>', esc_html($message));
        }
    }

    /**
     * Opens a form; its buttons say what to do.
     */
    private static function open_form(string $mark): void
    {
        printf('<form action="%s" method="post" %s>', esc_url(admin_url('admin-post.php')), esc_attr($mark));
        printf('<input type="hidden" name="action" value="%s">', esc_attr(Action::ACTION));
        wp_nonce_field(Action::ACTION);
    }

    private static function button(string $step, string $label, string $class): void
    {
        printf('<button name="logto_import" value="%s" class="%s">%s</button> ', esc_attr($step), esc_attr($class), esc_html($label));
    }
}
