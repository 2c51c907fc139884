<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

use LogtoSignIn\Support\Log;

/**
 * The program from `bin/` as a child of this PHP request: JSON lines on its standard input and output.
 */
final class ProcessCarrier implements Carrier
{
    /** @var resource|null */
    private mixed $process = null;

    /** @var array<int, resource> */
    private array $pipes = [];

    private null|Lines $lines = null;

    public function __construct(
        private readonly string $program,
    ) {
    }

    public function __destruct()
    {
        $this->close();
    }

    public function call(string $request): string
    {
        $lines = $this->lines ?? $this->open();
        try {
            return $lines->exchange($request);
        } catch (CarrierFailure $failure) {
            $words = $lines->last_words();
            $this->close();

            throw new CarrierFailure(trim($failure->getMessage() . '. ' . $words), 0, $failure);
        }
    }

    /**
     * An array of arguments, so no shell takes part; an empty environment, so nothing of the web server's leaks.
     *
     * @throws CarrierFailure
     */
    private function open(): Lines
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
            throw new CarrierFailure('the program did not start: ' . (error_get_last()['message'] ?? 'no reason given'));
        }

        $this->process = $process;
        $this->pipes = $pipes;

        return $this->lines = new Lines($pipes[0], $pipes[1], $pipes[2]);
    }

    /**
     * The child keeps nothing, so it may end at once: PHP must never wait for it.
     */
    private function close(): void
    {
        $words = $this->lines?->last_words() ?? '';
        if ($words !== '') {
            Log::write('carrier_stderr', $words);
        }

        array_map('fclose', array_filter($this->pipes, 'is_resource'));
        if (is_resource($this->process)) {
            proc_terminate($this->process, 9);
            proc_close($this->process);
        }

        [$this->process, $this->pipes, $this->lines] = [null, [], null];
    }
}
