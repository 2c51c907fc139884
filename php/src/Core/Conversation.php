<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Nodes;
use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;

/**
 * One operation of the core: sends the request, has each effect performed and sends its answer, until there is an outcome.
 * `wasm/src/protocol/` describes the messages.
 */
final class Conversation
{
    /** PHP's own bound, above what any operation needs: a core that never ends must not hold a worker. */
    public const MAX_EFFECTS = 12;

    private bool $was_heard = false;

    /**
     * @param string $request The first line.
     */
    public function __construct(
        private readonly string $request,
        private readonly Performed $performed,
    ) {
    }

    /**
     * Begins the operation, from its beginning each time.
     *
     * @throws TransportFailure
     * @throws InvalidReply
     * @throws DatabaseFailure
     */
    public function hold(Transport $transport): Outcome
    {
        $this->was_heard = false;
        $this->performed->rewind();
        $line = $transport->begin($this->request);
        for ($effects = 0; $effects <= self::MAX_EFFECTS; ++$effects) {
            $reply = Reply::parse($line);
            $this->was_heard = true;
            Cache::write($reply->cache_writes);
            foreach ($reply->log as $entry) {
                Log::write($entry->code, $entry->code === 'state_unknown' ? $entry->detail . Nodes::hint() : $entry->detail);
            }

            if ($reply->content instanceof Outcome) {
                return $reply->content;
            }

            if ($effects < self::MAX_EFFECTS) {
                $line = $transport->answer(self::encode(['answer' => $this->performed->answer($reply->content)]));
            }
        }

        throw new InvalidReply('the core asked for too many effects');
    }

    /**
     * Whether the last transport gave a reply before it failed.
     */
    public function was_heard(): bool
    {
        return $this->was_heard;
    }

    /**
     * Bytes that are not UTF-8 come from visitors and providers; they must not stop a sign-in here.
     *
     * @param array<string, mixed> $message
     *
     * @throws InvalidReply
     */
    public static function encode(array $message): string
    {
        $json = wp_json_encode($message, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE, 64);

        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        return $json === false ? throw new InvalidReply('the message cannot be encoded: ' . json_last_error_msg()) : $json;
    }
}
