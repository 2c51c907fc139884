<?php

declare(strict_types=1);

/*
 * The core translated to PHP, at a time and with entropy of the caller's choice: engine.php <folder of the translation>.
 * A line in is the time, the entropy in hex and the message; a line out is the reply, or "!" and what went wrong. The line
 * "ran" asks a traced translation which of its methods ran.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\PhpInstance;

require __DIR__ . '/classes.php';

error_reporting(E_ALL);
ini_set('display_errors', 'stderr');
set_error_handler(static fn(int $level, string $message, string $file, int $line): never => throw new \ErrorException($message, 0, $level, $file, $line));

define('LOGTO_SIGN_IN_ENGINE', $argv[1]);
PhpInstance::register();
$instance = null;
while (($line = fgets(STDIN)) !== false) {
    if ($line === "ran\n") {
        fwrite(STDOUT, implode(' ', array_keys(\LogtoSignIn\Engine\W::$ran)) . "\n");
        continue;
    }

    [$now, $entropy, $message] = explode(' ', rtrim($line, "\n"), 3);
    try {
        $export = $instance === null ? 'begin' : 'answer';
        $instance ??= new PhpInstance();
        $reply = $instance->step($export, (string) hex2bin($entropy), $message, (int) $now);
        $instance = $instance->is_open() ? $instance : null;
    } catch (\Throwable $throwable) {
        $instance = null;
        $reply = '!' . $throwable->getMessage() . ' at ' . basename($throwable->getFile()) . ':' . $throwable->getLine();
    }

    fwrite(STDOUT, "{$reply}\n");
}
