<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * A visitor on the way to DingTalk and back.
 */
abstract class ArrivalTestCase extends TestCase
{
    protected static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    /**
     * @return array{array<string, string>, array<string, string>} The query of the callback, and the browser's cookie.
     */
    protected static function start(): array
    {
        $page = self::page(['action' => 'logto', 'provider' => 'dingtalk', 'redirect_to' => 'http://127.0.0.1/there']);
        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        preg_match('/^set-cookie: (wordpress_logto_[^=]+)=([^;]+)/im', implode("\n", $page['headers']), $cookie);

        return [
            ['action' => 'logto_callback_dingtalk', 'state' => (string) $query['state'], 'authCode' => 'the code'],
            [$cookie[1] => rawurldecode($cookie[2])],
        ];
    }

    /**
     * @param array<string, string> $get
     * @param array<string, mixed> $other
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    protected static function page(array $get, array $other = []): array
    {
        return Program::page('wp-login.php', $get, $other + ['settings' => DingtalkVisit::settings(self::$provider)]);
    }
}
