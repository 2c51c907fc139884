<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Transport\Native\Binaries;
use LogtoSignIn\Transport\Native\Ffi;
use LogtoSignIn\Transport\TransportFailure;
use PHPUnit\Framework\TestCase;

/**
 * FFI is allowed on the command line.
 */
final class FfiTest extends TestCase
{
    public function test_the_library_answers_operation_after_operation(): void
    {
        $transport = Ffi::load(Binaries::library());

        $types = array_map(static fn(string $request): string => json_decode($transport->begin($request), true)['outcome']['type'], array_fill(0, 3, '{"operation":"about"}'));

        self::assertSame(['about', 'about', 'about'], $types);
    }

    public function test_an_answer_without_an_operation_is_refused(): void
    {
        $reply = Ffi::load(Binaries::library())->answer('{"answer":{}}');

        self::assertSame('operation_ended', json_decode($reply, true)['outcome']['code']);
    }

    public function test_a_library_that_is_not_there_is_a_failure(): void
    {
        $this->expectException(TransportFailure::class);

        Ffi::load('/nowhere/liblogto_sign_in.so');
    }

    public function test_the_interface_is_that_of_the_header_file(): void
    {
        $declared = (new \ReflectionClass(Ffi::class))->getConstant('INTERFACE');
        $header = (string) file_get_contents(dirname(__DIR__, 3) . '/src/logto_sign_in.h');

        self::assertSame(self::declarations($header), self::declarations($declared));
    }

    /**
     * @return list<string> Each function, without comments and with single spaces.
     */
    private static function declarations(string $code): array
    {
        $code = (string) preg_replace(['~/\*.*?\*/|//[^\n]*~s', '/\s+/', '/\s*([(),;*])\s*/'], ['', ' ', '$1'], $code);

        return array_values(array_filter(array_map('trim', explode(';', $code))));
    }
}
