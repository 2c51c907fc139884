<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\HttpError;
use LogtoSignIn\Protocol\Answer\HttpResponse;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * Send an HTTP request and follow no redirect. The answer is an {@see HttpResponse}.
 */
final class HttpRequest extends Effect
{
    /**
     * @param string $method `GET` or `POST`.
     * @param string $url Its host and port may be contacted, and no others.
     * @param array<array-key, string> $headers
     * @param int $timeout_ms Milliseconds until the request counts as failed.
     * @param int $max_bytes Longest body that is read; a longer one is the error {@see HttpError::TooLarge}.
     * @param bool $trusted_host Whether an admin or the core itself named the host. For any other, WordPress's guard against
     *     private addresses and unusual ports holds; what it refuses is the error {@see HttpError::Blocked}.
     * @param bool $exclusive Send it only while no other one with this URL is under way anywhere on the site. It waits a second
     *     for its turn; then the answer is the error {@see HttpError::Busy}.
     */
    public function __construct(
        public readonly string $method,
        public readonly string $url,
        public readonly array $headers,
        public readonly null|string $body,
        public readonly int $timeout_ms,
        public readonly int $max_bytes,
        public readonly bool $trusted_host,
        public readonly bool $exclusive,
    ) {
    }

    public function jsonSerialize(): array
    {
        $members = ['headers' => (object) $this->headers] + parent::jsonSerialize();

        return array_filter($members, static fn(mixed $member): bool => $member !== null);
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->string('method'),
            $json->string('url'),
            $json->map('headers')->strings(),
            $json->has('body') ? $json->string('body') : null,
            $json->int('timeout_ms'),
            $json->int('max_bytes'),
            $json->bool('trusted_host'),
            $json->bool('exclusive'),
        );
    }
}
