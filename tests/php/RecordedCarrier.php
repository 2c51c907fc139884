<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Carrier\Carrier;
use LogtoSignIn\Carrier\CarrierFailure;

/**
 * Answers with recorded replies, and keeps what it was asked.
 */
final class RecordedCarrier implements Carrier
{
    /** @var list<array<string, mixed>> */
    public array $requests = [];

    /**
     * @param list<array<string, mixed>|string> $replies The last one is repeated.
     */
    public function __construct(
        private array $replies,
    ) {
    }

    public function call(string $request): string
    {
        $this->requests[] = json_decode($request, true);
        $reply = count($this->replies) > 1 ? array_shift($this->replies) : $this->replies[0] ?? throw new CarrierFailure('no reply');

        return is_string($reply) ? $reply : (string) json_encode($reply);
    }
}
