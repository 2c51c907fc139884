<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Transport\Native\Binaries;

/**
 * `logto-sign-in listen` on a socket of its own, for as long as the object lives.
 */
final class Service
{
    public readonly string $socket;

    private readonly Folder $folder;

    /** @var resource */
    private mixed $process;

    public function __construct()
    {
        $this->folder = new Folder();
        $this->socket = $this->folder->path . '/socket';
        $pipes = [];
        $process = proc_open([Binaries::program(), 'listen', '--socket', $this->socket], [2 => ['file', '/dev/null', 'w']], $pipes);
        $this->process = is_resource($process) ? $process : throw new \RuntimeException('the service did not start');
        for ($try = 0; $try < 250 && !file_exists($this->socket); ++$try) {
            usleep(20_000);
        }
    }

    public function __destruct()
    {
        // At once: asked politely, it waits for connections that are open.
        proc_terminate($this->process, 9);
        proc_close($this->process);
    }
}
