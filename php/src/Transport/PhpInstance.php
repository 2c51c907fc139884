<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Constants;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * An instance of the core as it was translated to PHP when the plugin was built: one operation. `wasm/src/exports.rs`
 * describes its interface. Whatever it throws, the operation is over.
 */
final class PhpInstance
{
    /** The namespace of the translation. */
    private const ENGINE = 'LogtoSignIn\\Engine\\';
    private const EXPORTS = self::ENGINE . 'Exports';

    /** @var list<int> */
    private array $memory;

    /** @var array<array-key, mixed> Of WebAssembly; operations within operations have their own. */
    private array $globals;

    private bool $is_open = true;

    public function __construct()
    {
        /** @var list<int> $memory */
        $memory = self::engine('memory');
        $this->memory = $memory;
        $this->globals = Input::to_map(constant(self::EXPORTS . '::GLOBALS'));
    }

    /**
     * Lets PHP find the classes of the translation.
     */
    public static function register(): void
    {
        spl_autoload_register(self::autoload(...), true, true);
    }

    /**
     * A file of the translation.
     */
    public static function file(string $name): string
    {
        $named = Constants::text('LOGTO_SIGN_IN_ENGINE');

        return ($named === '' ? Plugin::path('engine') : $named) . '/' . $name;
    }

    /**
     * Whether the last reply was an effect, whose answer is awaited.
     */
    public function is_open(): bool
    {
        return $this->is_open;
    }

    /**
     * The reply to a line.
     *
     * @param 'begin'|'answer' $export
     */
    public function step(string $export, string $entropy, string $line, int $now): string
    {
        self::engine('set_globals', $this->globals);
        $bytes = $entropy . $line;
        $address = $this->call('allocate', strlen($bytes));
        PhpMemory::write($this->memory, $address, $bytes);
        // Address and length in one number.
        $reply = $this->call($export, $address, strlen($bytes), $now);
        $text = PhpMemory::read($this->memory, $reply >> 32 & 0xFFFF_FFFF, $reply & 0xFFFF_FFFF);
        $this->is_open = $this->call('is_open') === 1;
        $this->globals = Input::to_map(self::engine('globals'));

        return $text;
    }

    /**
     * An exported function of the core.
     */
    private function call(string $export, int ...$arguments): int
    {
        $function = Input::to_map(constant(self::EXPORTS . '::FUNCTIONS'))[$export] ?? null;
        $result = is_callable($function) ? $function($this->memory, ...$arguments) : null;

        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        return is_int($result) ? $result : throw new \DomainException("the engine has no {$export}");
    }

    /**
     * A method that the translator adds.
     */
    private static function engine(string $method, mixed ...$arguments): mixed
    {
        $callable = [self::EXPORTS, $method];

        // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
        return is_callable($callable) ? $callable(...$arguments) : throw new \DomainException("the engine has no {$method}");
    }

    private static function autoload(string $class): void
    {
        if (str_starts_with($class, self::ENGINE)) {
            require self::file(strtr(substr($class, strlen(self::ENGINE)), '\\', '/') . '.php');
        }
    }
}
