<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

/**
 * A web server with what these tests need of a provider: its metadata, its keys, and some odd answers.
 */
final class Provider
{
    /** @var resource|null */
    private mixed $process;

    public readonly string $url;

    public function __construct()
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $address = (string) stream_socket_get_name($socket, false);
        fclose($socket);
        $this->url = 'http://' . $address;
        $command = [PHP_BINARY, '-S', $address, __DIR__ . '/tools/provider.php'];
        $quiet = ['file', '/dev/null', 'w'];
        $this->process = proc_open($command, [['file', '/dev/null', 'r'], $quiet, $quiet], $pipes) ?: null;
        for ($try = 0; $try < 100 && @fsockopen('tcp://' . $address) === false; ++$try) {
            usleep(20_000);
        }
    }

    public function __destruct()
    {
        if (is_resource($this->process)) {
            proc_terminate($this->process);
            proc_close($this->process);
        }
    }
}
