<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport\Native;

use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;

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

    /**
     * @param float $patience Seconds until the first reply of an operation.
     */
    public function __construct(
        private readonly string $program,
        private readonly float $patience = LineStream::TIMEOUT,
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
        $lines = $this->lines ?? throw new TransportFailure('no operation was begun');
        try {
            return $lines->exchange($line, $patience);
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
            throw new TransportFailure('the program did not start: ' . Input::string(Input::to_map(Functions::call('error_get_last')), 'message', 'no reason given'));
        }

        $this->process = $process;
        $this->pipes = $pipes;

        return new LineStream($pipes[0], $pipes[1], $pipes[2]);
    }

    /**
     * The child stores nothing, so it may end at once: PHP must never wait for it. Where PHP may not end it, the end of
     * its input does.
     */
    private function close(): void
    {
        $last_words = $this->lines?->last_words() ?? '';
        if ($last_words !== '') {
            Log::write('transport_stderr', $last_words);
        }

        array_map('fclose', array_filter($this->pipes, 'is_resource'));
        if (is_resource($this->process) && Functions::call('proc_terminate', $this->process, 9) === true) {
            Functions::call('proc_close', $this->process);
        }

        [$this->process, $this->pipes, $this->lines] = [null, [], null];
    }
}
