<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Constants;

/**
 * What appears below a control of the settings page: what is wrong with its value, its help, and what else decides it.
 */
final class FieldNote
{
    /** Settings that a constant in wp-config.php decides. */
    private const CONSTANTS = ['form_login' => 'LOGTO_SIGN_IN_FORM_LOGIN'];

    /** The other constants, which no field of the page has. */
    private const OTHERS = [
        'LOGTO_SIGN_IN_TRANSPORT',
        'LOGTO_SIGN_IN_SOCKET',
        'LOGTO_SIGN_IN_SOCKET_OWNER',
        'LOGTO_SIGN_IN_BINARY',
        'LOGTO_SIGN_IN_LIBRARY',
        'LOGTO_SIGN_IN_TRUSTED_HOSTS',
        'LOGTO_SIGN_IN_ISSUER',
    ];

    /**
     * Whether what was entered was not saved: a value of `aria-invalid`.
     */
    public static function invalid(string $name): string
    {
        return RefusedInput::of($name) !== null ? 'true' : 'false';
    }

    /**
     * The ids of a control's help, and of what is wrong with its value: a value of `aria-describedby`.
     */
    public static function described(string $name): string
    {
        return sprintf(RefusedInput::of($name) !== null ? 'logto-%1$s-problem logto-%1$s-help' : 'logto-%s-help', $name);
    }

    /**
     * The constant that decides a setting, and what it says; null when the setting is free.
     */
    public static function locked(string $name): null|bool
    {
        return isset(self::CONSTANTS[$name]) ? Constants::flag(self::CONSTANTS[$name]) : null;
    }

    public static function print(string $name, string $help): void
    {
        self::problem($name);
        if (self::locked($name) !== null) {
            self::constant(self::CONSTANTS[$name] ?? '');
        }

        printf('<p class="description" id="logto-%s-help">%s</p>', esc_attr($name), esc_html($help));
    }

    public static function problem(string $name): void
    {
        $refused = RefusedInput::of($name);
        if ($refused !== null) {
            printf('<p class="logto-problem" id="logto-%s-problem">%s</p>', esc_attr($name), esc_html(Catalog::of($refused['code'])->message));
        }
    }

    /**
     * The constants that are set, for the tab “Advanced”.
     */
    public static function constants(): void
    {
        foreach (array_filter([...self::CONSTANTS, ...self::OTHERS], defined(...)) as $constant) {
            self::constant($constant);
        }
    }

    private static function constant(string $constant): void
    {
        printf(
            '<p class="logto-locked"><span class="dashicons dashicons-lock" aria-hidden="true"></span> %s</p>',
            /* translators: %s: name of a constant. */
            sprintf(esc_html__('Set by %s in wp-config.php.', 'logto-sign-in'), '<code>' . esc_html($constant) . '</code>'),
        );
    }
}
