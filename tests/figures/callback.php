<?php

declare(strict_types=1);

/*
 * callback.php process|ffi|socket <program, library or socket>: the first line is the list of an operation's lines;
 * each line after it sends all of them through a new transport, as a PHP request does, and answers with the
 * microseconds that it took.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\Ffi;
use LogtoSignIn\Transport\Process;
use LogtoSignIn\Transport\Socket;

foreach (['Transport', 'TransportFailure', 'LineStream', 'Process', 'Ffi', 'Socket'] as $class) {
    require __DIR__ . "/../../php/src/Transport/{$class}.php";
}

[, $kind, $place] = $argv;
$lines = json_decode((string) fgets(STDIN), true, 8, JSON_THROW_ON_ERROR);
$request = array_shift($lines);

while (fgets(STDIN) !== false) {
    $began = hrtime(true);
    $transport = match ($kind) {
        'process' => new Process($place),
        'ffi' => Ffi::load($place),
        'socket' => new Socket($place),
    };
    $transport->begin($request);
    foreach ($lines as $answer) {
        $transport->answer($answer);
    }
    unset($transport);
    echo (hrtime(true) - $began) / 1e3, "\n";
}
