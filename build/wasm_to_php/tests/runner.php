<?php

declare(strict_types=1);

/*
 * Runs a script of the WebAssembly specification: what specification.rs writes calls these functions.
 */

// A read beyond the memory is a warning of PHP.
set_error_handler(static function (int $number, string $text, string $file, int $line): never {
    throw new ErrorException($text, 0, $number, $file, $line);
});

spl_autoload_register(static function (string $class): void {
    require dirname((string) $_SERVER['SCRIPT_FILENAME']) . '/' . strtr($class, '\\', '/') . '.php';
});

/** @var array<string, array{memory: list<int>, globals: list<mixed>}> $instances */
$instances = [];
$assertions = 0;
$failures = [];

function instantiate(string $namespace): void
{
    global $instances;
    $exports = $namespace . '\\Exports';
    $exports::set_globals($exports::GLOBALS);
    $memory = $exports::memory();
    $exports::start($memory);
    $instances[$namespace] = $memory;
}

function call(string $namespace, string $name, array $arguments): mixed
{
    global $instances;
    $function = ($namespace . '\\Exports')::FUNCTIONS[$name];

    return $function($instances[$namespace], ...$arguments);
}

/** Without `pack`, which would make a signaling NaN a quiet one. */
function f32(int $bits): float
{
    $is_nan = ($bits & 0x7FFF_FFFF) > 0x7F80_0000;

    return $is_nan ? f64(($bits & 0x8000_0000) << 32 | 0x7FF << 52 | ($bits & 0x7F_FFFF) << 29) : unpack('g', pack('V', $bits))[1];
}

function bits_of_f32(float $value): int
{
    $bits = unpack('P', pack('e', $value))[1];

    return is_nan($value) ? $bits >> 32 & 0x8000_0000 | 0x7F80_0000 | $bits >> 29 & 0x7F_FFFF : unpack('V', pack('g', $value))[1];
}

function f64(int $bits): float
{
    return unpack('e', pack('P', $bits))[1];
}

function returns(int $line, callable $call, mixed $expected): void
{
    try {
        $value = $call();
        $shown = match (is_array($expected) ? $expected[0] : null) {
            'f32' => bits_of_f32($value),
            'f64' => unpack('P', pack('e', $value))[1],
            'nan' => is_nan($value) ? null : $value,
            default => $value,
        };
        assertion($line, $shown === (is_array($expected) ? $expected[1] ?? null : $expected), var_export($shown, true));
    } catch (Throwable $throwable) {
        assertion($line, false, $throwable->getMessage() . ' ' . basename($throwable->getFile()) . ':' . $throwable->getLine());
    }
}

function traps(int $line, callable $call): void
{
    try {
        assertion($line, false, 'no trap, but ' . var_export($call(), true));
    } catch (RuntimeException|ErrorException|Error) {
        assertion($line, true, '');
    }
}

function assertion(int $line, bool $holds, string $instead): void
{
    global $assertions, $failures;
    $assertions++;
    if (!$holds) {
        $failures[] = "line {$line}: {$instead}";
    }
}

function spectest(): void
{
}

function finish(): void
{
    global $assertions, $failures;
    echo $failures === [] ? $assertions : count($failures) . " of {$assertions} fail:\n" . implode("\n", array_slice($failures, 0, 8)) . "\n";
}
