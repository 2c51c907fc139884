<?php

declare(strict_types=1);

namespace LogtoSignIn\Providers;

/**
 * The two kinds of providers, by the issuer of an identity.
 */
final class Issuer
{
    /** What the core calls DingTalk itself; every other issuer is a Logto tenant. */
    public const DINGTALK = 'https://login.dingtalk.com';

    /**
     * The kind, for people.
     */
    public static function kind(string $issuer): string
    {
        return $issuer === self::DINGTALK ? __('DingTalk', 'logto-sign-in') : 'Logto';
    }

    /**
     * The kind, and which tenant of it. May hold anything: not escaped yet.
     */
    public static function name(string $issuer): string
    {
        if ($issuer === self::DINGTALK) {
            return self::kind($issuer);
        }

        $host = wp_parse_url($issuer, PHP_URL_HOST);

        return sprintf('Logto (%s)', is_string($host) ? $host : $issuer);
    }
}
