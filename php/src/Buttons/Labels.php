<?php

declare(strict_types=1);

namespace LogtoSignIn\Buttons;

use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;

/**
 * The connectors that the admin named for buttons of their own, and what every button is called.
 */
final class Labels
{
    /**
     * The core keeps each line as `connector` or `connector = label`; see `wasm/src/settings/connectors.rs`.
     *
     * @return list<array{string, string}> Connector, and the label that the admin gave it; empty for its own.
     */
    public static function named(): array
    {
        $named = [];
        foreach (explode("\n", Settings::current()->text('connectors')) as $line) {
            [$connector, $label] = [...explode(' = ', $line, 2), ''];
            if ($connector !== '') {
                $named[] = [$connector, $label];
            }
        }

        return $named;
    }

    /**
     * What there is to choose from, in the order of the buttons.
     *
     * @return list<string>
     */
    public static function connectors(): array
    {
        $settings = Settings::current();

        return [
            ...($settings->has_logto() ? [Provider::Logto->value, ...array_column(self::named(), 0)] : []),
            ...($settings->has_dingtalk() ? [Provider::Dingtalk->value] : []),
        ];
    }

    /**
     * What a button for a connector says. Without one, it is for the site's first provider.
     */
    public static function label(string $connector): string
    {
        foreach (self::named() as [$name, $label]) {
            if ($name === $connector && $label !== '') {
                return $label;
            }
        }

        [$method, $target] = [...explode(':', $connector, 2), ''];
        $provider = $connector === '' ? Provider::preferred(Settings::current()) : Provider::tryFrom($connector);

        $text = Settings::current()->text('button_label');

        return match (true) {
            $text !== '' && $provider !== null && $provider === Provider::preferred(Settings::current()) => $text,
            // Two buttons of one name would lead different ways.
            $connector === 'social:dingtalk' && Settings::current()->has_dingtalk() => __('Continue with DingTalk through Logto', 'logto-sign-in'),
            $method === 'social' && $target !== '' => self::social($target),
            $method === 'sso' => __('Continue with single sign-on', 'logto-sign-in'),
            $provider === Provider::Dingtalk => __('Continue with DingTalk', 'logto-sign-in'),
            $provider === Provider::Logto => __('Continue with Logto', 'logto-sign-in'),
            default => __('Sign in', 'logto-sign-in'),
        };
    }

    /**
     * Whole sentences where the name has a Chinese form: no space belongs around that, and one around a Latin name.
     */
    private static function social(string $target): string
    {
        return match ($target) {
            'alipay' => __('Continue with Alipay', 'logto-sign-in'),
            'dingtalk' => __('Continue with DingTalk', 'logto-sign-in'),
            'feishu' => __('Continue with Feishu', 'logto-sign-in'),
            'wechat' => __('Continue with WeChat', 'logto-sign-in'),
            'wecom' => __('Continue with WeCom', 'logto-sign-in'),
            default => sprintf(
                /* translators: %s: name of a product, such as Google. */
                __('Continue with %s', 'logto-sign-in'),
                self::name($target),
            ),
        };
    }

    private static function name(string $target): string
    {
        return match ($target) {
            'azuread' => 'Microsoft',
            'github' => 'GitHub',
            'gitlab' => 'GitLab',
            'linkedin' => 'LinkedIn',
            'qq' => 'QQ',
            default => ucwords(strtr($target, ['-' => ' ', '_' => ' '])),
        };
    }
}
