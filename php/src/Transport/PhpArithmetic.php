<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Input;

/**
 * The arithmetic of signatures without PHP's extensions: the native core's own, translated too (`wasm/arithmetic`). It takes up
 * to a second. Its files are loaded at the first call; each call has an instance of its own.
 */
final class PhpArithmetic
{
    private const EXPORTS = 'LogtoSignIn\\Engine\\Arithmetic\\Exports';

    /** @var list<int> */
    private array $memory;

    private function __construct()
    {
        self::engine('set_globals', constant(self::EXPORTS . '::GLOBALS'));
        /** @var list<int> $memory */
        $memory = self::engine('memory');
        $this->memory = $memory;
    }

    public static function verify(int $scheme, string $key, string $message, string $signature): bool
    {
        $instance = new self();

        return $instance->call('verify', $scheme, ...$instance->put($key, $message, $signature)) === 1;
    }

    public static function is_key(int $scheme, string $key): bool
    {
        $instance = new self();

        return $instance->call('is_key', $scheme, ...$instance->put($key)) === 1;
    }

    /**
     * As many bytes as the signature has, or null.
     */
    public static function rsa(string $key, string $signature): null|string
    {
        $instance = new self();
        $length = strlen($signature);
        $places = $instance->put($key, $signature);
        $places[] = $instance->call('allocate', $length);

        return $instance->call('rsa', ...$places) === 1 ? PhpMemory::read($instance->memory, $places[4], $length) : null;
    }

    /**
     * Addresses and lengths of the texts in the memory.
     *
     * @return list<int>
     */
    private function put(string ...$texts): array
    {
        $places = [];
        foreach ($texts as $text) {
            $address = $this->call('allocate', strlen($text));
            PhpMemory::write($this->memory, $address, $text);
            $places[] = $address;
            $places[] = strlen($text);
        }

        return $places;
    }

    private function call(string $export, int ...$arguments): int
    {
        $function = Input::to_map(constant(self::EXPORTS . '::FUNCTIONS'))[$export] ?? null;
        $result = is_callable($function) ? $function($this->memory, ...$arguments) : null;

        return is_int($result) ? $result : throw new \DomainException('the arithmetic of the engine has no such function');
    }

    /**
     * A method that the translator adds.
     */
    private static function engine(string $method, mixed ...$arguments): mixed
    {
        $callable = [self::EXPORTS, $method];

        return is_callable($callable) ? $callable(...$arguments) : throw new \DomainException('the arithmetic of the engine is missing');
    }
}
