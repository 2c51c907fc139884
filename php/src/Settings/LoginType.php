<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

/**
 * What the login page does with a visitor: the setting `login_type`. A sign-in must have succeeded before it applies.
 */
enum LoginType: string
{
    case Redirect = 'redirect';
    case Buttons = 'buttons';
    case Pages = 'pages';

    public static function current(): self
    {
        return self::tryFrom(Settings::current()->text('login_type')) ?? self::from(Defaults::TEXTS['login_type']);
    }

    /**
     * For administrators, beside the label of the setting.
     */
    public function label(): string
    {
        return match ($this) {
            self::Redirect => __('Goes straight to the sign-in service', 'logto-sign-in'),
            self::Buttons => __('Shows buttons above the login form', 'logto-sign-in'),
            self::Pages => __('Shows only the login form; the buttons are on pages of mine', 'logto-sign-in'),
        };
    }

    /**
     * @return array<string, string> Labels by value.
     */
    public static function choices(): array
    {
        $labels = [];
        foreach (self::cases() as $type) {
            $labels[$type->value] = $type->label();
        }

        return $labels;
    }

    public static function help(): string
    {
        return __('Until a sign-in has succeeded, the login page shows buttons and the login form.', 'logto-sign-in');
    }
}
