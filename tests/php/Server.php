<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

/**
 * PHP's own web server with one of the scripts of tools/, for as long as the object lives.
 */
final class Server
{
    /** @var resource|null */
    private mixed $process = null;

    public readonly string $url;

    /**
     * @param array<string, mixed> $input Handed to the script as JSON.
     * @param list<string> $options Options of PHP.
     */
    public function __construct(string $script, array $input = [], array $options = [])
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        if ($socket === false) {
            throw new \RuntimeException('no free port');
        }

        $address = (string) stream_socket_get_name($socket, false);
        fclose($socket);
        $this->url = 'http://' . $address;
        $environment = Program::environment($input);
        $command = [PHP_BINARY, ...$options, ...self::opcache($options), '-S', $address, __DIR__ . '/tools/' . $script];
        $quiet = ['file', '/dev/null', 'w'];
        $pipes = [];
        $process = proc_open($command, [['file', '/dev/null', 'r'], $quiet, $quiet], $pipes, null, $environment);
        $this->process = is_resource($process) ? $process : null;
        for ($try = 0; $try < 250 && @fsockopen('tcp://' . $address) === false; ++$try) {
            usleep(10_000);
        }
    }

    /**
     * OPcache in files: a server lives for a page or a few, and would compile WordPress anew. What is compiled depends on other
     * options.
     *
     * @param list<string> $options
     *
     * @return list<string>
     */
    private static function opcache(array $options): array
    {
        $folder = getenv('OPCACHE_DIR');
        if ($options !== [] || !is_string($folder)) {
            return [];
        }

        return ['-d', 'opcache.file_cache=' . $folder, '-d', 'opcache.file_cache_only=1'];
    }

    public function __destruct()
    {
        if (is_resource($this->process)) {
            proc_terminate($this->process);
            proc_close($this->process);
        }
    }

    /**
     * @param array<string, mixed> $input Of this request, over that of all.
     */
    public function get(string $path, array $input = []): string
    {
        return $this->send($path, ['method' => 'GET', 'header' => 'Test-Input: ' . json_encode($input)]);
    }

    public function post(string $path, string $form): string
    {
        return $this->send($path, ['method' => 'POST', 'header' => 'Content-Type: application/x-www-form-urlencoded', 'content' => $form]);
    }

    /**
     * @param array<string, string> $request
     */
    private function send(string $path, array $request): string
    {
        $context = stream_context_create(['http' => $request + ['follow_location' => 0, 'ignore_errors' => true]]);

        return (string) file_get_contents($this->url . $path, false, $context);
    }
}
