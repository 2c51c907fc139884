<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\Outcome\About;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Support\Log;

/**
 * A transport whose requirements are met. Whether it works, its first reply tells: it is the greeting, so that no call
 * costs a second one.
 */
final class Candidate
{
    /** Seconds that a transport has for its first reply while another one could be taken. */
    public const GREETING_SECS = 0.25;

    /** Seconds that the last one has: a server that is busy starts a program slowly. */
    private const LAST_GREETING_SECS = 3.0;

    /**
     * @param float $patience Seconds until the first reply.
     */
    public function __construct(
        public readonly string $name,
        private readonly float $patience = self::LAST_GREETING_SECS,
    ) {
    }

    /**
     * With little time for a service, which may have another transport behind it. Whether it has would take longer to find out
     * than a service takes to answer.
     */
    public static function of(string $name): self
    {
        return new self($name, $name === 'socket' ? self::GREETING_SECS : self::LAST_GREETING_SECS);
    }

    /**
     * A transport of its own for each operation.
     *
     * @throws TransportFailure
     */
    public function open(): Transport
    {
        return Shipped::open($this->name, $this->patience);
    }

    /**
     * Asks the core what it is, and remembers whether it answered.
     */
    public function greet(): bool
    {
        try {
            $reply = Reply::parse($this->open()->begin('{"operation":"about"}'));
            if (!$reply->content instanceof About) {
                throw new InvalidReply('the core did not say what it is');
            }
        } catch (TransportFailure|InvalidReply $failure) {
            $this->failed($failure->getMessage());

            return false;
        }

        $this->answered();

        return true;
    }

    public function answered(): void
    {
        Health::note($this->name, true);
    }

    /**
     * The next transport may work; the log says why this one is skipped for a while.
     *
     * @param bool $was_heard Whether it gave a reply first. Of the program, each operation has a child of its own: that
     *     one ended says nothing about the next.
     */
    public function failed(string $cause, bool $was_heard = false): void
    {
        Log::write('transport_skipped', $this->name . ': ' . $cause);
        if ($this->name !== 'process' || !$was_heard) {
            Health::note($this->name, false);
        }
    }
}
