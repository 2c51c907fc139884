<?php

/**
 * The beginning of each tool: its input, and a way to print its result. Loads no WordPress yet.
 */

declare(strict_types=1);

ini_set('display_errors', '0');
ini_set('log_errors', '0');
$_SERVER['HTTP_HOST'] ??= '127.0.0.1';
$_SERVER['SERVER_NAME'] ??= '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';

function test_input(): array
{
    $of_the_request = json_decode((string) ($_SERVER['HTTP_TEST_INPUT'] ?? ''), true) ?: [];

    return $of_the_request + (json_decode((string) getenv('TEST_INPUT'), true) ?: []);
}

function test_result(array $result): void
{
    echo "\x02", json_encode($result, JSON_INVALID_UTF8_SUBSTITUTE);
}

$input = test_input();
foreach ($input['constants'] ?? [] as $name => $value) {
    define($name, $value);
}
