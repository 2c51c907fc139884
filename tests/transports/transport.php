<?php

declare(strict_types=1);

/*
 * The plugin's own transports, one line in, one line out: transport.php process|ffi|socket|php <program, library, socket or engine>.
 */

namespace LogtoSignIn;

use LogtoSignIn\Transport\Native\Ffi;
use LogtoSignIn\Transport\Native\Process;
use LogtoSignIn\Transport\Native\Socket;
use LogtoSignIn\Transport\Php;

require __DIR__ . '/classes.php';

error_reporting(E_ALL);
ini_set('display_errors', 'stderr');

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
