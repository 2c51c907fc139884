<?php

declare(strict_types=1);

/*
 * What PHP computes in the translated core's place: signatures.php <folder of the translation>. A line in is a scheme of
 * wasm/src/host.rs, and the key, the message and the signature in hex; a line out is whether the key is one that the scheme
 * takes, and whether the signature is right.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\PhpInstance;
use LogtoSignIn\Transport\PhpMemory;
use LogtoSignIn\Transport\PhpSignatures;

require __DIR__ . '/classes.php';

error_reporting(E_ALL);
ini_set('display_errors', 'stderr');
set_error_handler(static fn(int $level, string $message, string $file, int $line): never => throw new \ErrorException($message, 0, $level, $file, $line));

define('LOGTO_SIGN_IN_ENGINE', $argv[1]);
PhpInstance::register();
while (($line = fgets(STDIN)) !== false) {
    [$scheme, $key, $message, $signature] = explode(' ', rtrim($line, "\n"));
    $memory = array_fill(0, 16384, 0);
    $places = [];
    $address = 16;
    foreach ([$key, $message, $signature] as $hex) {
        $bytes = (string) hex2bin($hex);
        PhpMemory::write($memory, $address, $bytes);
        array_push($places, $address, strlen($bytes));
        $address += strlen($bytes);
    }

    try {
        $is_key = PhpSignatures::is_key($memory, (int) $scheme, $places[0], $places[1]);
        fwrite(STDOUT, $is_key . ' ' . PhpSignatures::verify($memory, (int) $scheme, ...$places) . "\n");
    } catch (\Throwable $throwable) {
        fwrite(STDOUT, '!' . $throwable->getMessage() . ' at ' . basename($throwable->getFile()) . ':' . $throwable->getLine() . "\n");
    }
}
