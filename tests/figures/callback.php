<?php

declare(strict_types=1);

/*
 * callback.php process|ffi|socket <program, library or socket>: the first line is the list of an operation's lines;
 * each line after it sends all of them ten times, each time through a new transport as a PHP request does, and answers
 * with the microseconds of CPU that this process and its children took for one time.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\Native\Ffi;
use LogtoSignIn\Transport\Native\Process;
use LogtoSignIn\Transport\Native\Socket;

require __DIR__ . '/../transports/classes.php';

[, $kind, $place] = $argv;
$lines = json_decode((string) fgets(STDIN), true, 8, JSON_THROW_ON_ERROR);
$request = array_shift($lines);

/** Microseconds of CPU that this process and its ended children have taken. */
function cpu(): float
{
    $sum = 0.0;
    foreach ([0, 1] as $whose) {
        $usage = getrusage($whose);
        $sum += 1e6 * ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']);
        $sum += $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'];
    }

    return $sum;
}

while (fgets(STDIN) !== false) {
    $began = cpu();
    for ($turn = 0; $turn < 10; $turn++) {
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
    }
    echo (cpu() - $began) / 10, "\n";
}
