<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * The core as PHP, for servers that run nothing else.
 *
 * Only here does PHP draw the core's entropy and read its clock: no other code sits between it and the core.
 */
final class Php implements Transport
{
    /** Longest line, in bytes: an answer of 128 KiB as JSON. Time and memory grow with it. */
    private const MAX_LINE_BYTES = 393_216;

    private const ENTROPY_BYTES = 64;

    private static bool $is_registered = false;

    private null|PhpInstance $instance = null;

    private function __construct()
    {
    }

    /**
     * Why it cannot work here: a code of Messages\Rows\Transport, or null. Integers of 64 bits are what the translation counts
     * with.
     */
    public static function problem(): null|string
    {
        return match (true) {
            strlen(decbin(-1)) !== 64 => 'integers_too_short',
            !is_file(PhpInstance::file('Exports.php')) => 'engine_missing',
            default => null,
        };
    }

    /**
     * @throws TransportFailure When the translation is not there.
     */
    public static function load(): self
    {
        if (!is_file(PhpInstance::file('Exports.php'))) {
            throw new TransportFailure('the PHP engine is missing');
        }

        if (!self::$is_registered) {
            PhpInstance::register();
            self::$is_registered = true;
        }

        return new self();
    }

    public function begin(string $request): string
    {
        $this->instance = null;

        return $this->run('begin', $request);
    }

    public function answer(string $line): string
    {
        return $this->instance === null ? throw new TransportFailure('no operation was begun') : $this->run('answer', $line);
    }

    /**
     * PHP warns of a read outside of the core's memory: a trap.
     *
     * @param 'begin'|'answer' $export
     *
     * @throws TransportFailure
     */
    private function run(string $export, string $line): string
    {
        set_error_handler(self::trap(...));
        try {
            $entropy = random_bytes(self::ENTROPY_BYTES);

            return PhpJit::paused(fn(): string => $this->step($this->instance ?? new PhpInstance(), $export, $entropy, $line));
        } catch (\Throwable $throwable) {
            // Whatever happened, the operation is over.
            $this->instance = null;

            // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
            throw new TransportFailure('the PHP engine stopped: ' . $throwable->getMessage(), 0, $throwable);
        } finally {
            restore_error_handler();
        }
    }

    /**
     * @param 'begin'|'answer' $export
     */
    private function step(PhpInstance $instance, string $export, string $entropy, string $line): string
    {
        if (strlen($line) > self::MAX_LINE_BYTES) {
            throw new \LengthException('the line is too long');
        }

        $reply = $instance->step($export, $entropy, $line, time());
        $this->instance = $instance->is_open() ? $instance : null;

        return $reply === '' || str_contains($reply, "\n") ? throw new \DomainException('the reply is no single line') : $reply;
    }

    /**
     * @throws \ErrorException
     */
    private static function trap(int $level, string $message): bool
    {
        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        throw new \ErrorException($message, 0, $level);
    }
}
