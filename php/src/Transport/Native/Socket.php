<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;

/**
 * A service on a Unix socket (`logto-sign-in listen`): one connection for each operation. {@see Requirements} has looked
 * at the socket's owner; here it is that of the process behind it.
 */
final class Socket implements Transport
{
    /** Seconds until connecting counts as failed. */
    private const CONNECT_TIMEOUT = 0.25;

    private null|LineStream $lines = null;

    /**
     * @param float $patience Seconds until the first reply of an operation.
     */
    public function __construct(
        private readonly string $path,
        private readonly float $patience = LineStream::TIMEOUT,
    ) {
    }

    public function begin(string $request): string
    {
        $this->lines = $this->connect();

        return $this->exchange($request, $this->patience);
    }

    public function answer(string $line): string
    {
        return $this->exchange($line, LineStream::TIMEOUT);
    }

    /**
     * @throws TransportFailure
     */
    private function exchange(string $line, float $patience): string
    {
        try {
            return $this->lines?->exchange($line, $patience) ?? throw new TransportFailure('no operation was begun');
        } catch (TransportFailure $failure) {
            $this->lines = null;

            throw $failure;
        }
    }

    /**
     * @throws TransportFailure
     */
    private function connect(): LineStream
    {
        $number = 0;
        $reason = '';
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        $stream = @stream_socket_client('unix://' . $this->path, $number, $reason, self::CONNECT_TIMEOUT);
        if ($stream === false) {
            throw new TransportFailure('no connection to ' . $this->path . ': ' . ($reason ?? ''));
        }

        $trusted = [SystemUser::ROOT, ...SystemUser::current(), ...SystemUser::named(Requirements::SOCKET_OWNER)];
        foreach (array_diff(SystemUser::listening_on($stream), $trusted) as $user) {
            throw new TransportFailure('the process that listens on ' . $this->path . ' belongs to user ' . $user);
        }

        return new LineStream($stream, $stream);
    }
}
