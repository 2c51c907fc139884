<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Protocol\Identity;

/**
 * A visitor who signs in at DingTalk: from the start address to the callback.
 */
final class DingtalkVisit
{
    /**
     * @param array<string, mixed> $settings
     * @param array<string, string> $answer What DingTalk adds to the callback.
     * @param array<string, mixed> $other Of the callback's page.
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    public static function come_back(array $settings, array $answer, string $action = 'logto_callback_dingtalk', array $other = []): array
    {
        $get = ['action' => 'logto', 'provider' => 'dingtalk', 'redirect_to' => 'http://127.0.0.1/there'];
        $start = Program::page('wp-login.php', $get, ['settings' => $settings]);
        parse_str((string) parse_url(Program::location($start), PHP_URL_QUERY), $query);
        preg_match('/^set-cookie: (wordpress_logto_[^=]+)=([^;]+)/im', implode("\n", $start['headers']), $cookie);
        $other += ['settings' => $settings, 'cookie' => [$cookie[1] => rawurldecode($cookie[2])]];
        $page = Program::page('wp-login.php', ['action' => $action, 'state' => $query['state']] + $answer, $other);
        wp_cache_flush();

        return $page;
    }

    /**
     * @return array<string, mixed>
     */
    public static function settings(Server $provider): array
    {
        return ['dingtalk_client_id' => 'client id', 'dingtalk_client_secret' => 'a very secret DingTalk secret', 'dingtalk_origin' => $provider->url];
    }

    public static function identity(string $subject = 'union'): Identity
    {
        $issuer = 'https://login.dingtalk.com';

        return new Identity($issuer, hash('sha256', $issuer), $subject);
    }
}
