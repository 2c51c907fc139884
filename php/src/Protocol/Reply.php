<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

use LogtoSignIn\Protocol\Effect\Effect;
use LogtoSignIn\Protocol\Outcome\Outcome;

/**
 * One line of the core: an effect to perform, or the outcome that ends the operation.
 */
final class Reply implements \JsonSerializable
{
    /** Levels of nesting. PHP's own bound: the deepest reply, a key set to be cached, has about eight. */
    private const MAX_DEPTH = 64;

    /**
     * @param list<CacheWrite> $cache_writes
     * @param list<LogLine> $log
     */
    public function __construct(
        public readonly Effect|Outcome $content,
        public readonly array $cache_writes = [],
        public readonly array $log = [],
    ) {
    }

    /**
     * @throws InvalidReply
     */
    public static function parse(string $json): self
    {
        $decoded = json_decode($json, false, self::MAX_DEPTH);
        $reply = $decoded instanceof \stdClass ? new JsonObject($decoded, 'reply') : throw new InvalidReply('the reply is not a JSON object');
        if ($reply->has('effect') === $reply->has('outcome')) {
            throw new InvalidReply('the reply has not exactly one of effect and outcome');
        }

        return new self(
            $reply->has('effect') ? Effect::read($reply->object('effect')) : Outcome::read($reply->object('outcome')),
            $reply->has('cache_writes') ? array_map(CacheWrite::read(...), $reply->list('cache_writes')->objects()) : [],
            $reply->has('log') ? array_map(LogLine::read(...), $reply->list('log')->objects()) : [],
        );
    }

    /**
     * @return array<string, mixed>
     */
    public function jsonSerialize(): array
    {
        $content = [$this->content instanceof Effect ? 'effect' : 'outcome' => $this->content];

        return $content + array_filter(['cache_writes' => $this->cache_writes, 'log' => $this->log]);
    }
}
