<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * What an HTTP request gave.
 */
final class HttpResponse implements Answer
{
    /**
     * @param int $status 0 when there was no response.
     */
    public function __construct(
        public readonly int $status,
        public readonly string $content_type,
        public readonly string $date,
        public readonly string $body,
        public readonly null|HttpError $error = null,
    ) {
    }

    public static function failed(HttpError $error): self
    {
        return new self(0, '', '', '', $error);
    }
}
