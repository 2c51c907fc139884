<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Transport\TransportFailure;

/**
 * Exchanges lines over two streams within a time limit; neither a stuck peer nor an endless one can hold PHP.
 */
final class LineStream
{
    /** Functions that hosts disable, without which no stream can be awaited. */
    public const FUNCTIONS = ['stream_select', 'stream_set_blocking', 'stream_get_contents'];

    /** Seconds for one line there and one back: PHP's own bound, so that a stuck peer cannot hold a worker. */
    public const TIMEOUT = 10.0;

    /** PHP's own bound, so that a line without an end cannot fill its memory. */
    private const MAX_REPLY_BYTES = 8_388_608;

    /** Bytes from the end of the error stream that are kept for the log. */
    private const MAX_LAST_WORDS = 2000;

    private string $last_words = '';

    /**
     * @param resource $out Requests are written here.
     * @param resource $in Replies are read here; may be the same stream.
     * @param resource|null $errors The standard error of the other side, for the log.
     */
    public function __construct(
        private readonly mixed $out,
        private readonly mixed $in,
        private readonly mixed $errors = null,
    ) {
        foreach (array_filter([$out, $in, $errors], 'is_resource') as $stream) {
            stream_set_blocking($stream, false);
        }
    }

    /**
     * @param float $patience Seconds until there must be a whole reply.
     *
     * @throws TransportFailure
     */
    public function exchange(string $line, float $patience = self::TIMEOUT): string
    {
        $deadline = microtime(true) + $patience;
        $left = $line . "\n";
        $reply = '';
        while (!str_ends_with($reply, "\n")) {
            $ready = $this->wait($left !== '', $deadline);
            if ($left !== '' && in_array($this->out, $ready['write'], true)) {
                $left = substr($left, $this->write($left));
            }

            $this->drain_errors();
            if (in_array($this->in, $ready['read'], true)) {
                $reply .= $this->read(strlen($reply));
            }
        }

        return rtrim($reply, "\n");
    }

    /**
     * What the other side wrote to its standard error since the last time.
     */
    public function last_words(): string
    {
        $this->drain_errors();
        $last_words = trim($this->last_words);
        $this->last_words = '';

        return $last_words;
    }

    /**
     * @return array{read: array<array-key, mixed>, write: array<array-key, mixed>}
     *
     * @throws TransportFailure
     */
    private function wait(bool $writes, float $deadline): array
    {
        $left = $deadline - microtime(true);
        if ($left <= 0.0) {
            throw new TransportFailure('no reply in time');
        }

        $read = $this->errors === null ? [$this->in] : [$this->in, $this->errors];
        $write = $writes ? [$this->out] : [];
        $except = null;
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        if (@stream_select($read, $write, $except, (int) $left, (int) (fmod($left, 1.0) * 1e6)) === false) {
            throw new TransportFailure('waiting for the reply was interrupted');
        }

        return ['read' => $read, 'write' => $write];
    }

    /**
     * @throws TransportFailure
     */
    private function write(string $bytes): int
    {
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        $written = @fwrite($this->out, $bytes);
        if ($written === false) {
            throw new TransportFailure('the request could not be written');
        }

        return $written;
    }

    /**
     * @throws TransportFailure
     */
    private function read(int $so_far): string
    {
        $bytes = fread($this->in, 65_536);
        if ($bytes === false || $bytes === '' && feof($this->in)) {
            throw new TransportFailure('the connection was closed before the reply');
        }

        if ($so_far + strlen($bytes) > self::MAX_REPLY_BYTES) {
            throw new TransportFailure('the reply is too long');
        }

        return $bytes;
    }

    private function drain_errors(): void
    {
        if (!is_resource($this->errors)) {
            return;
        }

        $this->last_words = substr($this->last_words . (string) stream_get_contents($this->errors), -self::MAX_LAST_WORDS);
    }
}
