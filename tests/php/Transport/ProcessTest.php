<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Transport\Native\Binaries;
use LogtoSignIn\Transport\Native\Process;
use LogtoSignIn\Transport\TransportFailure;
use PHPUnit\Framework\TestCase;

final class ProcessTest extends TestCase
{
    public function test_the_program_answers_operation_after_operation(): void
    {
        $transport = new Process(Binaries::program());

        $types = array_map(static fn(string $request): string => json_decode($transport->begin($request), true)['outcome']['type'], array_fill(0, 3, '{"operation":"about"}'));

        self::assertSame(['about', 'about', 'about'], $types);
    }

    public function test_a_child_sees_the_lines_of_one_operation(): void
    {
        $program = new ScriptedProgram('$number = 0; while (($line = fgets(STDIN)) !== false) { echo ++$number, $line; }');
        $transport = new Process($program->path);

        self::assertSame('1a', $transport->begin('a'));
        self::assertSame('2b', $transport->answer('b'));
        self::assertSame('1c', $transport->begin('c'), 'an operation that was left does not reach the next one');
    }

    public function test_an_answer_without_an_operation_is_a_failure(): void
    {
        $this->expectException(TransportFailure::class);

        (new Process(Binaries::program()))->answer('{"answer":{}}');
    }

    public function test_a_long_request_and_a_long_reply_pass(): void
    {
        $program = new ScriptedProgram('while (($line = fgets(STDIN)) !== false) { fwrite(STDERR, str_repeat("x", 200000)); echo $line; }');
        $transport = new Process($program->path);
        $request = str_repeat('long ', 100_000);

        self::assertSame($request, $transport->begin($request));
        self::assertSame('short', $transport->answer('short'));
    }

    public function test_a_program_that_ends_is_a_failure_with_its_last_words(): void
    {
        $program = new ScriptedProgram('fgets(STDIN); fwrite(STDERR, "no memory"); usleep(50000);');

        $this->expectException(TransportFailure::class);
        $this->expectExceptionMessageMatches('/closed|written.*no memory/');

        (new Process($program->path))->begin('{}');
    }

    public function test_a_program_that_is_not_there_is_a_failure(): void
    {
        $this->expectException(TransportFailure::class);

        (new Process('/nowhere/logto-sign-in'))->begin('{}');
    }

    public function test_the_child_sees_nothing_of_the_environment(): void
    {
        putenv('SECRET_OF_THE_SERVER=1');
        $program = new ScriptedProgram('fgets(STDIN); echo json_encode([getenv(), array_slice($argv, 1)]), "\n";');

        [$environment, $arguments] = json_decode((new Process($program->path))->begin('{}'), true);

        putenv('SECRET_OF_THE_SERVER');
        self::assertArrayNotHasKey('SECRET_OF_THE_SERVER', $environment);
        self::assertSame(['serve'], $arguments);
    }

    public function test_the_child_ends_with_the_object(): void
    {
        $program = new ScriptedProgram('while (fgets(STDIN)) { echo getmypid(), "\n"; }');
        $transport = new Process($program->path);
        $child = (int) $transport->begin('{}');
        self::assertFileExists("/proc/{$child}");

        unset($transport);

        self::assertFileDoesNotExist("/proc/{$child}");
    }
}
