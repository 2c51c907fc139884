<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

/**
 * Another program that listens on a socket, for as long as the object lives.
 */
final class OtherProgram
{
    /** @var resource */
    private mixed $process;

    /**
     * @param string $code PHP, which finds the socket's path in `$argv[1]`, and others behind it.
     */
    public function __construct(string $code, string $socket, string ...$others)
    {
        $pipes = [];
        $process = proc_open([PHP_BINARY, '-r', $code, '--', $socket, ...$others], [], $pipes, '/');
        $this->process = is_resource($process) ? $process : throw new \RuntimeException('the program did not start');
        for ($try = 0; $try < 500 && !file_exists($socket); ++$try) {
            usleep(20_000);
        }
    }

    public function __destruct()
    {
        proc_terminate($this->process, 9);
        proc_close($this->process);
    }
}
