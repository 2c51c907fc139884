<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Input;

/**
 * An instance of a WebAssembly module that was translated to PHP: its exported functions, over a memory of its own.
 */
final class PhpModule
{
    /** @var list<int> */
    private array $memory;

    /**
     * @param string $exports The class that the translator made for the module's exports.
     */
    public function __construct(
        private readonly string $exports,
    ) {
        /** @var list<int> $memory */
        $memory = $this->translator('memory');
        $this->memory = $memory;
    }

    /**
     * The globals that a new instance has.
     *
     * @return array<array-key, mixed>
     */
    public function first_globals(): array
    {
        return Input::to_map(constant($this->exports . '::GLOBALS'));
    }

    /**
     * @return array<array-key, mixed>
     */
    public function globals(): array
    {
        return Input::to_map($this->translator('globals'));
    }

    /**
     * @param array<array-key, mixed> $globals
     */
    public function set_globals(array $globals): void
    {
        $this->translator('set_globals', $globals);
    }

    /**
     * An exported function.
     */
    public function call(string $export, int ...$arguments): int
    {
        $function = Input::to_map(constant($this->exports . '::FUNCTIONS'))[$export] ?? null;
        $result = is_callable($function) ? $function($this->memory, ...$arguments) : null;

        return is_int($result) ? $result : self::lacks($export);
    }

    /**
     * Copies bytes into the memory, and gives their address.
     */
    public function put(string $bytes): int
    {
        $address = $this->call('allocate', strlen($bytes));
        PhpMemory::write($this->memory, $address, $bytes);

        return $address;
    }

    public function read(int $address, int $length): string
    {
        return PhpMemory::read($this->memory, $address, $length);
    }

    /**
     * A method that the translator adds to the exports.
     */
    private function translator(string $method, mixed ...$arguments): mixed
    {
        $callable = [$this->exports, $method];

        return is_callable($callable) ? $callable(...$arguments) : self::lacks($method);
    }

    private static function lacks(string $name): never
    {
        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        throw new \DomainException("the engine has no {$name}");
    }
}
