<?php

declare(strict_types=1);

/*
 * The core translated to PHP answers a recording (tests/simulator/src/recording.rs): replay.php <engine> <recording>; without
 * arguments, /engine and /recording. Says how many replies were the same, and which line differed first.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\PhpInstance;
use LogtoSignIn\Transport\PhpJit;

error_reporting(E_ALL);
ini_set('memory_limit', '512M');
set_time_limit(0);
set_error_handler(static function (int $level, string $message, string $file, int $line): never {
    throw new \ErrorException($message, 0, $level, $file, $line);
});

define('LOGTO_SIGN_IN_ENGINE', $argv[1] ?? '/engine');
spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/../../php/src/' . strtr(substr($class, strlen('LogtoSignIn\\')), '\\', '/') . '.php';
    if (is_file($file)) {
        require $file;
    }
});

PhpInstance::register();
$instance = null;
$same = 0;
foreach (explode("\n", (string) file_get_contents($argv[2] ?? '/recording')) as $number => $line) {
    if ($line === '') {
        // The next line begins an operation.
        $instance = null;
        continue;
    }

    [$now, $entropy, $message, $expected] = explode("\t", $line);
    try {
        $export = $instance === null ? 'begin' : 'answer';
        $reply = PhpJit::paused(static function () use (&$instance, $export, $entropy, $message, $now): string {
            $instance ??= new PhpInstance();

            return $instance->step($export, (string) hex2bin($entropy), $message, (int) $now);
        });
    } catch (\Throwable $throwable) {
        $reply = $throwable->getMessage() . ' at ' . basename($throwable->getFile()) . ':' . $throwable->getLine();
    }

    if ($reply !== $expected) {
        echo 'PHP ', PHP_VERSION, ': line ', $number + 1, " differs\n{$message}\nnative: {$expected}\nPHP:    {$reply}\n";
        exit(1);
    }

    $same++;
}

echo PHP_VERSION, ' ', $same, "\n";
