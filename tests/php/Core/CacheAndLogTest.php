<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\LogLine;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Tests\RecordedTransport;

/**
 * What a reply carries beside its outcome: values for the cache, and lines for the log.
 */
final class CacheAndLogTest extends ClientTestCase
{
    public function test_a_value_to_cache_comes_back_as_it_was(): void
    {
        $value = '{"empty":{},"list":[],"number":1.5,"text":"李四/"}';
        $outcome = (string) json_encode(new UnlinkDecision(true));
        $transport = new RecordedTransport(['{"outcome":' . $outcome . ',"cache_writes":[{"key":"discovery","value":' . $value . ',"ttl":60}]}']);

        (new Client(null, $transport))->run(Operation::About);

        self::assertSame($value, json_encode(Cache::read()['discovery'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
        Cache::clear();
        self::assertNull(Cache::read()['discovery']);
    }

    public function test_a_value_to_cache_for_no_time_is_removed(): void
    {
        $outcome = (string) json_encode(new UnlinkDecision(true));
        $transport = new RecordedTransport(['{"outcome":' . $outcome . ',"cache_writes":[{"key":"jwks","value":1,"ttl":0}]}']);
        set_transient('logto_sign_in_jwks', '1', 60);

        (new Client(null, $transport))->run(Operation::About);

        self::assertNull(Cache::read()['jwks']);
    }

    public function test_the_log_of_the_core_is_written(): void
    {
        $lines = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$lines): void {
            $lines[] = [$code, $cause];
        }, 10, 2);
        $reply = new Reply(new UnlinkDecision(true), [], [new LogLine('token_issuer', 'another one')]);

        (new Client(null, new RecordedTransport([(string) json_encode($reply)])))->run(Operation::About);

        self::assertSame([['token_issuer', 'another one']], $lines);
    }
}
