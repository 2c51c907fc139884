<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Core\EffectHandler;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Protocol\Effect\MarkStateUsed;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Tests\TestCase;

/**
 * A core whose replies a test has written.
 */
abstract class ClientTestCase extends TestCase
{
    protected function handler(): EffectHandler
    {
        $handler = $this->createMock(EffectHandler::class);
        $handler->method('mark_state_used')->willReturn(StateUse::Repeated);

        return $handler;
    }

    protected static function effect(): string
    {
        return (string) json_encode(new Reply(new MarkStateUsed('key', 1)));
    }

    protected static function outcome(): string
    {
        return (string) json_encode(new Reply(new UnlinkDecision(true)));
    }

    protected static function assertRefused(string $code, Outcome $outcome): void
    {
        self::assertEquals(Client::refuse($code), $outcome);
    }
}
