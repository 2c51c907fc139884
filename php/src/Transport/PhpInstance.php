<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Constants;
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

    private readonly PhpModule $module;

    /** @var array<array-key, mixed> Of WebAssembly; operations within operations have their own. */
    private array $globals;

    private bool $is_open = true;

    public function __construct()
    {
        $this->module = new PhpModule(self::EXPORTS);
        $this->globals = $this->module->first_globals();
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
        $this->module->set_globals($this->globals);
        $bytes = $entropy . $line;
        // Address and length in one number.
        $reply = $this->module->call($export, $this->module->put($bytes), strlen($bytes), $now);
        $text = $this->module->read($reply >> 32 & 0xFFFF_FFFF, $reply & 0xFFFF_FFFF);
        $this->is_open = $this->module->call('is_open') === 1;
        $this->globals = $this->module->globals();

        return $text;
    }

    private static function autoload(string $class): void
    {
        if (str_starts_with($class, self::ENGINE)) {
            require self::file(strtr(substr($class, strlen(self::ENGINE)), '\\', '/') . '.php');
        }
    }
}
