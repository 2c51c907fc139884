<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Log;

/**
 * The program from `bin/` as a child of this PHP request, with JSON lines on its standard input and output: one child
 * for each operation.
 */
final class Process implements Transport
{
    /** @var resource|null */
    private mixed $process = null;

    /** @var array<int, resource> */
    private array $pipes = [];

    private null|LineStream $lines = null;

    public function __construct(
        private readonly string $program,
    ) {
    }

    public function __destruct()
    {
        $this->close();
    }

    public function begin(string $request): string
    {
        $this->close();
        $this->lines = $this->open();

        return $this->answer($request);
    }

    public function answer(string $line): string
    {
        $lines = $this->lines ?? throw new TransportFailure('no operation was begun');
        try {
            return $lines->exchange($line);
        } catch (TransportFailure $failure) {
            $last_words = $lines->last_words();
            $this->close();

            throw new TransportFailure(trim($failure->getMessage() . '. ' . $last_words), 0, $failure);
        }
    }

    /**
     * An array of arguments, so no shell takes part; an empty environment, so nothing of the web server's leaks.
     *
     * @throws TransportFailure
     */
    private function open(): LineStream
    {
        $pipes = [];
        // @mago-expect lint:no-error-control-operator - the warning becomes the failure
        $process = @proc_open(
            [$this->program, 'serve'],
            [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']],
            $pipes,
            null,
            [],
        );
        if (!is_resource($process) || !isset($pipes[0], $pipes[1], $pipes[2])) {
            throw new TransportFailure('the program did not start: ' . (error_get_last()['message'] ?? 'no reason given'));
        }

        $this->process = $process;
        $this->pipes = $pipes;

        return new LineStream($pipes[0], $pipes[1], $pipes[2]);
    }

    /**
     * The child stores nothing, so it may end at once: PHP must never wait for it.
     */
    private function close(): void
    {
        $last_words = $this->lines?->last_words() ?? '';
        if ($last_words !== '') {
            Log::write('transport_stderr', $last_words);
        }

        array_map('fclose', array_filter($this->pipes, 'is_resource'));
        if (is_resource($this->process)) {
            proc_terminate($this->process, 9);
            proc_close($this->process);
        }

        [$this->process, $this->pipes, $this->lines] = [null, [], null];
    }
}
