<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * A service on a Unix socket (`logto-sign-in listen`): one connection for each operation. {@see Requirements} has looked
 * at the socket's owner; here it is that of the process behind it.
 */
final class Socket implements Transport
{
    /** Seconds until connecting counts as failed. */
    private const CONNECT_TIMEOUT = 2.0;

    private null|LineStream $lines = null;

    public function __construct(
        private readonly string $path,
    ) {
    }

    public function begin(string $request): string
    {
        $this->lines = $this->connect();

        return $this->answer($request);
    }

    public function answer(string $line): string
    {
        try {
            return $this->lines?->exchange($line) ?? throw new TransportFailure('no operation was begun');
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
