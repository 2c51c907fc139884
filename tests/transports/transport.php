<?php

declare(strict_types=1);

/*
 * The plugin's own transports, one line in, one line out: transport.php process|ffi|socket|php <program, library, socket or engine>.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\Ffi;
use LogtoSignIn\Transport\Php;
use LogtoSignIn\Transport\Process;
use LogtoSignIn\Transport\Socket;

error_reporting(E_ALL);
ini_set('display_errors', 'stderr');

foreach (['Constants', 'Functions', 'Input', 'Plugin'] as $class) {
    require __DIR__ . "/../../php/src/Support/{$class}.php";
}

foreach (['Transport', 'TransportFailure', 'LineStream', 'Process', 'Ffi', 'SystemUser', 'Requirements', 'Socket', 'PhpMemory', 'PhpArithmetic', 'PhpEd25519', 'PhpSignatures', 'PhpTransliteration', 'PhpInstance', 'Php'] as $class) {
    require __DIR__ . "/../../php/src/Transport/{$class}.php";
}

[, $kind, $place] = $argv;
define('LOGTO_SIGN_IN_ENGINE', $place);
$transport = match ($kind) {
    'process' => new Process($place),
    'ffi' => Ffi::load($place),
    'socket' => new Socket($place),
    'php' => Php::load(),
};
$open = false;
while (($line = fgets(STDIN)) !== false) {
    $line = rtrim($line, "\n");
    $reply = $open ? $transport->answer($line) : $transport->begin($line);
    $open = isset(json_decode($reply, true)['effect']);
    fwrite(STDOUT, "{$reply}\n");
}
