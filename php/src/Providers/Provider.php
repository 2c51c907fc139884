<?php

declare(strict_types=1);

namespace LogtoSignIn\Providers;

use LogtoSignIn\Settings\Settings;

/**
 * Where visitors sign in: a Logto tenant, or DingTalk without one. The values are those of the protocol, and are stored
 * in sessions.
 */
enum Provider: string
{
    case Logto = 'logto';
    case Dingtalk = 'dingtalk';

    /** The issuer of identities at DingTalk without a tenant; every other issuer is a Logto tenant. */
    public const DINGTALK_ISSUER = 'https://login.dingtalk.com';

    /**
     * The provider of visitors who chose none.
     */
    public static function preferred(Settings $settings): self
    {
        return $settings->has_dingtalk() && !$settings->has_logto() ? self::Dingtalk : self::Logto;
    }

    /**
     * The providers that are set up.
     *
     * @return list<self>
     */
    public static function configured(Settings $settings): array
    {
        return [...($settings->has_logto() ? [self::Logto] : []), ...($settings->has_dingtalk() ? [self::Dingtalk] : [])];
    }

    public static function of_issuer(string $issuer): self
    {
        return $issuer === self::DINGTALK_ISSUER ? self::Dingtalk : self::Logto;
    }

    /**
     * The provider of an issuer, and which tenant of it. May hold anything: not escaped yet.
     */
    public static function describe(string $issuer): string
    {
        $provider = self::of_issuer($issuer);
        if ($provider === self::Dingtalk) {
            return $provider->label();
        }

        $host = wp_parse_url($issuer, PHP_URL_HOST);

        $place = is_string($host) ? $host : $issuer;

        // Another OpenID provider has the name of its host alone.
        return str_ends_with($issuer, '/oidc') ? sprintf('%s (%s)', $provider->label(), $place) : $place;
    }

    /**
     * The provider's name, for people.
     */
    public function label(): string
    {
        return match ($this) {
            self::Logto => 'Logto',
            self::Dingtalk => __('DingTalk', 'logto-sign-in'),
        };
    }
}
