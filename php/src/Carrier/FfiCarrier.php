<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

/**
 * The library from `bin/` inside this PHP process. Uses nothing of WordPress, so that it can be preloaded.
 */
final class FfiCarrier implements Carrier
{
    private const INTERFACE = <<<'C'
        int32_t logto_sign_in_handle(const uint8_t *request, size_t request_length, uint8_t **reply, size_t *reply_length);
        void logto_sign_in_release(uint8_t *reply, size_t reply_length);
        C;

    private function __construct(
        private readonly \FFI $library,
    ) {
    }

    /**
     * @throws CarrierFailure When FFI is not allowed here, or the library does not load.
     */
    public static function load(string $library): self
    {
        try {
            return new self(\FFI::cdef(self::INTERFACE, $library));
        // @mago-expect analysis:avoid-catching-error - FFI has no other way to fail
        } catch (\FFI\Exception $exception) {
            throw new CarrierFailure('FFI: ' . $exception->getMessage(), 0, $exception);
        }
    }

    public function call(string $request): string
    {
        try {
            return $this->handle($request);
        // @mago-expect analysis:avoid-catching-error - FFI has no other way to fail
        } catch (\FFI\Exception $exception) {
            throw new CarrierFailure('FFI: ' . $exception->getMessage(), 0, $exception);
        }
    }

    /**
     * @throws CarrierFailure
     * @throws \FFI\Exception
     */
    private function handle(string $request): string
    {
        $length = strlen($request);
        $bytes = $this->library->new('uint8_t[' . max(1, $length) . ']');
        $reply = $this->library->new('uint8_t *');
        $reply_length = $this->library->new('size_t');
        if ($bytes === null || $reply === null || $reply_length === null) {
            throw new CarrierFailure('FFI: no memory for the request');
        }

        \FFI::memcpy($bytes, $request, $length);
        // The functions are the library's own, named by INTERFACE.
        $handle = [$this->library, 'logto_sign_in_handle'];
        $release = [$this->library, 'logto_sign_in_release'];
        $status = $handle($bytes, $length, \FFI::addr($reply), \FFI::addr($reply_length));
        if ($status !== 0) {
            throw new CarrierFailure('FFI: the library answered ' . (is_int($status) ? $status : 'nothing'));
        }

        // @mago-expect analysis:non-existent-property - FFI makes this property
        $answer = \FFI::string($reply, $reply_length->cdata);
        // @mago-expect analysis:non-existent-property - FFI makes this property
        $release($reply, $reply_length->cdata);

        return $answer;
    }
}
