<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

/**
 * A program that somebody else keeps running (`logto-sign-in listen`), on a Unix socket.
 */
final class SocketCarrier implements Carrier
{
    /** Seconds. */
    private const TIMEOUT = 2.0;

    private null|Lines $lines = null;

    public function __construct(
        private readonly string $path,
    ) {
    }

    public function call(string $request): string
    {
        $this->lines ??= $this->open();
        try {
            return $this->lines->exchange($request);
        } catch (CarrierFailure $failure) {
            $this->lines = null;

            throw $failure;
        }
    }

    /**
     * @throws CarrierFailure
     */
    private function open(): Lines
    {
        $number = 0;
        $reason = '';
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        $stream = @stream_socket_client('unix://' . $this->path, $number, $reason, self::TIMEOUT);
        if ($stream === false) {
            throw new CarrierFailure('no connection to ' . $this->path . ': ' . ($reason ?? ''));
        }

        return new Lines($stream, $stream);
    }
}
