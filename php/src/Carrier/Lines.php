<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

/**
 * Exchanges lines over two streams within a time limit; neither a stuck peer nor an endless one can hold PHP.
 */
final class Lines
{
    /** Seconds for one line there and one back; the core is bounded far below. */
    private const TIMEOUT = 10.0;

    /** Bytes of the longest reply. */
    private const LONGEST = 4_194_304;

    /** Bytes of the other side's last words that are kept for the log. */
    private const LONGEST_WORDS = 2000;

    private string $words = '';

    /**
     * @param resource $out Requests are written here.
     * @param resource $in Replies are read here; may be the same stream.
     * @param resource|null $aside What the other side says beside the protocol, for the log.
     */
    public function __construct(
        private readonly mixed $out,
        private readonly mixed $in,
        private readonly mixed $aside = null,
    ) {
        foreach (array_filter([$out, $in, $aside], 'is_resource') as $stream) {
            stream_set_blocking($stream, false);
        }
    }

    /**
     * @throws CarrierFailure
     */
    public function exchange(string $line): string
    {
        $deadline = microtime(true) + self::TIMEOUT;
        $left = $line . "\n";
        $reply = '';
        while (!str_ends_with($reply, "\n")) {
            $ready = $this->wait($left !== '', $deadline);
            if ($left !== '' && in_array($this->out, $ready['write'], true)) {
                $left = substr($left, $this->write($left));
            }

            $this->listen();
            if (in_array($this->in, $ready['read'], true)) {
                $reply .= $this->read(strlen($reply));
            }
        }

        return rtrim($reply, "\n");
    }

    /**
     * What the other side said beside the protocol since the last time.
     */
    public function last_words(): string
    {
        $this->listen();
        $words = trim($this->words);
        $this->words = '';

        return $words;
    }

    /**
     * @return array{read: array<array-key, mixed>, write: array<array-key, mixed>}
     *
     * @throws CarrierFailure
     */
    private function wait(bool $writes, float $deadline): array
    {
        $left = $deadline - microtime(true);
        if ($left <= 0.0) {
            throw new CarrierFailure('no reply within ' . self::TIMEOUT . ' seconds');
        }

        $read = $this->aside === null ? [$this->in] : [$this->in, $this->aside];
        $write = $writes ? [$this->out] : [];
        $except = null;
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        if (@stream_select($read, $write, $except, (int) $left, (int) (fmod($left, 1.0) * 1e6)) === false) {
            throw new CarrierFailure('waiting for the reply was interrupted');
        }

        return ['read' => $read, 'write' => $write];
    }

    /**
     * @throws CarrierFailure
     */
    private function write(string $bytes): int
    {
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        $written = @fwrite($this->out, $bytes);
        if ($written === false) {
            throw new CarrierFailure('the request could not be written');
        }

        return $written;
    }

    /**
     * @throws CarrierFailure
     */
    private function read(int $so_far): string
    {
        $bytes = fread($this->in, 65_536);
        if ($bytes === false || $bytes === '' && feof($this->in)) {
            throw new CarrierFailure('the connection was closed before the reply');
        }

        if ($so_far + strlen($bytes) > self::LONGEST) {
            throw new CarrierFailure('the reply is too long');
        }

        return $bytes;
    }

    private function listen(): void
    {
        if (!is_resource($this->aside)) {
            return;
        }

        $this->words = substr($this->words . (string) stream_get_contents($this->aside), -self::LONGEST_WORDS);
    }
}
