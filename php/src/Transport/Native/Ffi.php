<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;

/**
 * The library from `bin/` inside this PHP process. It uses nothing of WordPress, so that it can be preloaded.
 */
final class Ffi implements Transport
{
    /** What `src/logto_sign_in.h` declares. */
    private const INTERFACE = <<<'C'
        int32_t logto_sign_in_begin(const uint8_t *request, size_t request_length, uint64_t *operation, uint8_t **reply, size_t *reply_length);
        int32_t logto_sign_in_answer(uint64_t operation, const uint8_t *answer, size_t answer_length, uint8_t **reply, size_t *reply_length);
        void logto_sign_in_end(uint64_t operation);
        void logto_sign_in_release(uint8_t *reply, size_t reply_length);
        C;

    /** Handle of the operation; 0 while there is none. */
    private int $operation = 0;

    private function __construct(
        private readonly \FFI $library,
    ) {
    }

    public function __destruct()
    {
        $this->end();
    }

    /**
     * @throws TransportFailure When FFI is not allowed here, or the library does not load.
     */
    public static function load(string $library): self
    {
        try {
            return new self(\FFI::cdef(self::INTERFACE, $library));
        // @mago-expect analysis:avoid-catching-error - FFI has no other way to fail
        } catch (\FFI\Exception $exception) {
            throw new TransportFailure('FFI: ' . $exception->getMessage(), 0, $exception);
        }
    }

    public function begin(string $request): string
    {
        $this->end();
        $operation = $this->allocate('uint64_t');
        // The functions are the library's own, named by INTERFACE.
        $begin = [$this->library, 'logto_sign_in_begin'];
        $call = static fn(\FFI\CData $bytes, int $length, \FFI\CData ...$out): mixed => $begin($bytes, $length, \FFI::addr($operation), ...$out);
        $reply = $this->exchange($request, $call);
        // @mago-expect analysis:non-existent-property - FFI makes this property
        $this->operation = (int) $operation->cdata;

        return $reply;
    }

    public function answer(string $line): string
    {
        $answer = [$this->library, 'logto_sign_in_answer'];

        return $this->exchange($line, fn(mixed ...$arguments): mixed => $answer($this->operation, ...$arguments));
    }

    private function end(): void
    {
        if ($this->operation === 0) {
            return;
        }

        $end = [$this->library, 'logto_sign_in_end'];
        $end($this->operation);
        $this->operation = 0;
    }

    /**
     * @param callable(\FFI\CData, int, \FFI\CData, \FFI\CData): mixed $call Gets the line, its length, and where the reply and its
     *     length go; gives the status.
     *
     * @throws TransportFailure
     */
    private function exchange(string $line, callable $call): string
    {
        try {
            $length = strlen($line);
            $bytes = $this->allocate('uint8_t[' . max(1, $length) . ']');
            [$reply, $reply_length] = [$this->allocate('uint8_t *'), $this->allocate('size_t')];
            \FFI::memcpy($bytes, $line, $length);
            $status = $call($bytes, $length, \FFI::addr($reply), \FFI::addr($reply_length));
            if ($status !== 0) {
                throw new TransportFailure('FFI: the library returned ' . (is_int($status) ? $status : 'nothing'));
            }

            // @mago-expect analysis:non-existent-property - FFI makes this property
            $text = \FFI::string($reply, $reply_length->cdata);
            $release = [$this->library, 'logto_sign_in_release'];
            // @mago-expect analysis:non-existent-property - FFI makes this property
            $release($reply, $reply_length->cdata);

            return $text;
        // @mago-expect analysis:avoid-catching-error - FFI has no other way to fail
        } catch (\FFI\Exception $exception) {
            throw new TransportFailure('FFI: ' . $exception->getMessage(), 0, $exception);
        }
    }

    /**
     * @throws TransportFailure
     */
    private function allocate(string $type): \FFI\CData
    {
        try {
            return $this->library->new($type) ?? throw new TransportFailure('FFI: no memory for the request');
        // @mago-expect analysis:avoid-catching-error - FFI has no other way to fail
        } catch (\FFI\Exception $exception) {
            throw new TransportFailure('FFI: ' . $exception->getMessage(), 0, $exception);
        }
    }
}
