<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * A hook that runs while an effect is performed may use the core too: each operation has a transport of its own.
 */
final class NestedOperationsTest extends TestCase
{
    /**
     * @dataProvider transports
     */
    public function test_an_operation_within_an_operation_disturbs_neither(string $transport): void
    {
        $provider = new Server('provider.php');
        $service = new Service();
        Cache::clear();
        $input = [
            'settings' => ['endpoint' => $provider->url] + self::SETTINGS,
            'constants' => ['LOGTO_SIGN_IN_TRANSPORT' => $transport, 'LOGTO_SIGN_IN_SOCKET' => $service->socket],
        ];

        $result = Program::run('nested.php', ['-d', 'ffi.enable=1'], $input);

        self::assertSame($transport, $result['transport']);
        self::assertSame('connection_checked', $result['outcome']['type']);
        self::assertStringContainsString($provider->url . '/oidc', json_encode($result['outcome'], JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR));
        $within = array_column($result['within'], 'type');
        self::assertGreaterThanOrEqual(2, count($within), 'while the metadata, the keys and more were fetched');
        self::assertSame(['settings'], array_unique($within));
    }

    /**
     * @return list<array{string}>
     */
    public static function transports(): array
    {
        return [['ffi'], ['socket'], ['process']];
    }
}
