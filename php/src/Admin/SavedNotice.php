<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * What came of saving, above the settings: each setting that was not saved, with a link to its field.
 */
final class SavedNotice
{
    /** How the code of a notice about a setting begins. */
    private const PREFIX = 'logto_';

    public static function show(Manager $manager): void
    {
        $refused = '';
        foreach (self::notices() as $notice) {
            $of_one = self::is_error($notice) && Input::string($notice, 'code') !== self::PREFIX . 'all';
            if ($of_one) {
                $refused .= '<li>' . self::line($notice, $manager) . '</li>';

                continue;
            }

            self::print(Input::string($notice, 'type'), Input::string($notice, 'message'));
        }

        if ($refused !== '') {
            printf(
                '<div class="notice notice-error" id="logto-refused"><p><strong>%s</strong></p><ul class="ul-disc">%s</ul><p>%s</p></div>',
                esc_html__('Not saved:', 'logto-sign-in'),
                wp_kses_post($refused),
                esc_html__('Everything else was saved.', 'logto-sign-in'),
            );
        }
    }

    /**
     * Whether the page is shown because somebody has just saved all of it. WordPress keeps the notices for that one view.
     */
    public static function all_was_saved(): bool
    {
        $notices = self::notices();

        return Request::query('settings-updated') !== '' && $notices !== [] && array_filter($notices, self::is_error(...)) === [];
    }

    /**
     * @param array<array-key, mixed> $notice
     */
    private static function is_error(array $notice): bool
    {
        return Input::string($notice, 'type') === 'error';
    }

    /**
     * @return list<array<array-key, mixed>>
     */
    private static function notices(): array
    {
        $notices = [];
        foreach (Input::to_maps(get_settings_errors()) as $notice) {
            $setting = Input::string($notice, 'setting');
            if ($setting === Sanitizer::GROUP || $setting === 'general') {
                $notices[] = $notice;
            }
        }

        return $notices;
    }

    /**
     * What is wrong with one setting, as HTML. Where its reader has no field for it, the message names it.
     *
     * @param array<array-key, mixed> $notice
     */
    private static function line(array $notice, Manager $manager): string
    {
        $message = wp_kses_data(Input::string($notice, 'message'));
        $name = substr(Input::string($notice, 'code'), strlen(self::PREFIX));

        return isset(Defaults::SECTIONS[$name]) && $manager->may_change($name)
            ? sprintf('<a href="%s">%s</a>: %s', esc_url(Tab::of_setting($name)->url() . '#logto-' . $name), esc_html(Labels::of($name)), $message)
            : $message;
    }

    private static function print(string $type, string $message): void
    {
        printf('<div class="notice notice-%s is-dismissible"><p>%s</p></div>', esc_attr($type === 'updated' ? 'success' : $type), wp_kses_data($message));
    }
}
