<?php

declare(strict_types=1);

/*
 * callback.php process|ffi|socket <program, library or socket>: the first line is the list of requests; each line after
 * it sends all of them through a new transport, as a PHP request does, and answers with the microseconds that it took.
 */

namespace LogtoSignIn;

use LogtoSignIn\Carrier\FfiCarrier;
use LogtoSignIn\Carrier\ProcessCarrier;
use LogtoSignIn\Carrier\SocketCarrier;

foreach (['Carrier', 'CarrierFailure', 'Lines', 'ProcessCarrier', 'FfiCarrier', 'SocketCarrier'] as $class) {
    require __DIR__ . "/../../php/src/Carrier/{$class}.php";
}

[, $kind, $place] = $argv;
$requests = json_decode((string) fgets(STDIN), true, 8, JSON_THROW_ON_ERROR);

while (fgets(STDIN) !== false) {
    $began = hrtime(true);
    $transport = match ($kind) {
        'process' => new ProcessCarrier($place),
        'ffi' => FfiCarrier::load($place),
        'socket' => new SocketCarrier($place),
    };
    foreach ($requests as $request) {
        $transport->call($request);
    }
    unset($transport);
    echo (hrtime(true) - $began) / 1e3, "\n";
}
