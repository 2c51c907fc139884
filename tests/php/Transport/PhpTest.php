<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Tests\Program;
use LogtoSignIn\Transport\Php;
use LogtoSignIn\Transport\PhpMemory;
use LogtoSignIn\Transport\TransportFailure;
use PHPUnit\Framework\TestCase;

final class PhpTest extends TestCase
{
    public function test_the_engine_answers_operation_after_operation(): void
    {
        $transport = Php::load();

        $types = array_map(static fn(string $request): string => json_decode($transport->begin($request), true)['outcome']['type'], array_fill(0, 3, '{"operation":"about"}'));

        self::assertSame(['about', 'about', 'about'], $types);
    }

    public function test_operations_within_operations_do_not_meet(): void
    {
        $check = '{"operation":"check_connection","settings":{"endpoint":"https://tenant.example","app_id":"app","app_secret":"secret"},"site":{"salt":"0123456789abcdef0123456789abcdef"}}';
        [$outer, $inner] = [Php::load(), Php::load()];

        $effect = json_decode($outer->begin($check), true)['effect']['type'];
        $about = json_decode($inner->begin('{"operation":"about"}'), true)['outcome']['type'];
        $outcome = $outer->answer('{"answer":{"error":"timeout"}}');

        self::assertSame(['http_request', 'about', 'connection_checked'], [$effect, $about, json_decode($outcome, true)['outcome']['type']]);
        self::assertStringContainsString('provider_timeout', $outcome);
    }

    public function test_an_answer_without_an_operation_is_a_failure(): void
    {
        $this->expectException(TransportFailure::class);

        Php::load()->answer('{"answer":{}}');
    }

    public function test_a_line_that_is_too_long_is_a_failure(): void
    {
        $this->expectExceptionMessage('the line is too long');

        Php::load()->begin(str_repeat('x', 400_000));
    }

    public function test_a_warning_in_the_engine_is_a_failure_and_the_next_handler_is_back(): void
    {
        $folder = sys_get_temp_dir() . '/' . uniqid('logto-engine-');
        mkdir($folder);
        file_put_contents($folder . '/Exports.php', '<?php namespace LogtoSignIn\Engine; final class Exports { const GLOBALS = []; const FUNCTIONS = ["allocate" => [self::class, "allocate"]];
            static function memory() { return [0]; } static function set_globals($values) {} static function allocate(&$m, $n) { return $m[9]; } }');

        $result = Program::run('transports.php', ['-d', 'ffi.enable=0'], ['constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'php', 'LOGTO_SIGN_IN_ENGINE' => $folder]]);

        unlink($folder . '/Exports.php');
        rmdir($folder);
        self::assertSame('transport_unavailable', $result['about']['code']);
    }

    public function test_bytes_are_written_beside_others(): void
    {
        $memory = [0x44332211, 0x88776655, 0xCCBBAA99];

        PhpMemory::write($memory, 3, 'abcde');

        self::assertSame([0x61332211, 0x65646362, 0xCCBBAA99], $memory);
        self::assertSame("\x33abcde\x99", PhpMemory::read($memory, 2, 7));
    }

    public function test_bytes_outside_of_the_memory_are_not_read(): void
    {
        $this->expectException(\OutOfRangeException::class);

        PhpMemory::read([1, 2], 5, 4);
    }
}
