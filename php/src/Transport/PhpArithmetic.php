<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * The arithmetic of signatures without PHP's extensions: the native core's own, translated too (`wasm/arithmetic`). It takes up
 * to a second. Its files are loaded at the first call; each call has an instance of its own.
 */
final class PhpArithmetic
{
    private const EXPORTS = 'LogtoSignIn\\Engine\\Arithmetic\\Exports';

    public static function verify(int $scheme, string $key, string $message, string $signature): bool
    {
        $module = self::module();

        return $module->call('verify', $scheme, ...self::put($module, $key, $message, $signature)) === 1;
    }

    public static function is_key(int $scheme, string $key): bool
    {
        $module = self::module();

        return $module->call('is_key', $scheme, ...self::put($module, $key)) === 1;
    }

    /**
     * As many bytes as the signature has, or null.
     */
    public static function rsa(string $key, string $signature): null|string
    {
        $module = self::module();
        $length = strlen($signature);
        $places = self::put($module, $key, $signature);
        $places[] = $module->call('allocate', $length);

        return $module->call('rsa', ...$places) === 1 ? $module->read($places[4], $length) : null;
    }

    private static function module(): PhpModule
    {
        $module = new PhpModule(self::EXPORTS);
        $module->set_globals($module->first_globals());

        return $module;
    }

    /**
     * Addresses and lengths of the texts in the memory.
     *
     * @return list<int>
     */
    private static function put(PhpModule $module, string ...$texts): array
    {
        $places = [];
        foreach ($texts as $text) {
            $places[] = $module->put($text);
            $places[] = strlen($text);
        }

        return $places;
    }
}
