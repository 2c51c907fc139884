<?php

declare(strict_types=1);

/*
 * The plugin's own transports, one line in, one line out: transport.php process|ffi|socket <program, library or socket>.
 */

namespace LogtoSignIn;

use LogtoSignIn\Carrier\FfiCarrier;
use LogtoSignIn\Carrier\ProcessCarrier;
use LogtoSignIn\Carrier\SocketCarrier;

error_reporting(E_ALL);
ini_set('display_errors', 'stderr');

foreach (['Carrier', 'CarrierFailure', 'Lines', 'ProcessCarrier', 'FfiCarrier', 'SocketCarrier'] as $class) {
    require __DIR__ . "/../../php/src/Carrier/{$class}.php";
}

[, $kind, $place] = $argv;
$transport = match ($kind) {
    'process' => new ProcessCarrier($place),
    'ffi' => FfiCarrier::load($place),
    'socket' => new SocketCarrier($place),
};
while (($line = fgets(STDIN)) !== false) {
    fwrite(STDOUT, $transport->call(rtrim($line, "\n")) . "\n");
}
