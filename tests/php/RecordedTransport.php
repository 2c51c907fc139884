<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;

/**
 * Answers with recorded replies, and keeps the lines that it was sent.
 */
final class RecordedTransport implements Transport
{
    /** @var list<array<string, mixed>> */
    public array $lines = [];

    /**
     * @param list<string> $replies The last one is repeated.
     */
    public function __construct(
        private array $replies,
    ) {
    }

    public function begin(string $request): string
    {
        return $this->answer($request);
    }

    public function answer(string $line): string
    {
        $this->lines[] = json_decode($line, true);

        return count($this->replies) > 1 ? array_shift($this->replies) : $this->replies[0] ?? throw new TransportFailure('no reply');
    }
}
