<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Transport\Native\Binaries;

/**
 * A transport that does not answer, ends or does not load: another one takes its place, or its message says why.
 */
final class BrokenTransportsTest extends TransportsTestCase
{
    /**
     * Fault R3: the socket's file was enough to take it, and every sign-in failed, although the program would have worked.
     *
     * @dataProvider dead_sockets
     *
     * @param callable(string): mixed $make Makes something at the path of the socket.
     */
    public function test_fault_r3_a_socket_that_does_not_answer_gives_way_to_the_program(callable $make): void
    {
        $folder = new Folder();
        $made = $make($folder->path . '/socket');
        $input = ['constants' => ['LOGTO_SIGN_IN_SOCKET' => $folder->path . '/socket']];

        $first = Program::run('transports.php', ['-d', 'ffi.enable=0'], $input);
        $second = Program::run('transports.php', ['-d', 'ffi.enable=0'], $input);

        unset($made);
        self::assertSame(['about', 'process'], [$first['about']['type'], $first['available']]);
        self::assertSame(['socket'], $first['skipped'], 'the log names it');
        self::assertSame(['about', []], [$second['about']['type'], $second['skipped']], 'for a minute it is not asked again');
        self::assertSame('transport_silent', $second['examined']['socket']);
        self::assertLessThan(5.0, $first['seconds'], 'it was ten');
    }

    /**
     * @return array<string, array{callable(string): mixed}>
     */
    public static function dead_sockets(): array
    {
        $foreign = '$server = stream_socket_server("unix://" . $argv[1]); while ($peer = stream_socket_accept($server, 60)) { fwrite($peer, "220 mail.example ESMTP\n"); sleep(60); }';
        $listen = static function (string $path): mixed {
            $server = stream_socket_server('unix://' . $path);
            chmod($path, 0o600);

            return $server;
        };

        return [
            'nobody listens any more' => [static fn(string $path): mixed => fclose($listen($path))],
            'nobody reads from it' => [$listen],
            'a plain file' => [static fn(string $path): bool => touch($path)],
            'another program' => [static function (string $path) use ($foreign): object {
                $other = new OtherProgram($foreign, $path);
                chmod($path, 0o600);

                return $other;
            }],
        ];
    }

    public function test_a_service_that_is_the_only_transport_gets_more_time_when_it_is_busy(): void
    {
        $folder = new Folder();
        $socket = $folder->path . '/socket';
        $code = '$server = stream_socket_server("unix://" . $argv[1]); chmod($argv[1], 0600);
            $about = shell_exec("echo \'{\"operation\":\"about\"}\' | " . escapeshellarg($argv[2]) . " serve");
            while ($peer = stream_socket_accept($server, 60)) { fgets($peer); usleep(600000); @fwrite($peer, $about); fclose($peer); }';
        $slow = new OtherProgram($code, $socket, Binaries::program());
        $constants = ['LOGTO_SIGN_IN_SOCKET' => $socket, 'LOGTO_SIGN_IN_TRANSPORT' => 'socket'];

        $result = Program::run('transports.php', [], ['constants' => $constants]);

        unset($slow);
        self::assertSame(['about', ['socket']], [$result['about']['type'], $result['skipped']]);
    }

    /**
     * Fault R4: a program that was cut short counted as available, passwords stayed refused, and every sign-in was an error
     * 500.
     */
    public function test_fault_r4_a_program_that_does_not_answer_is_not_available(): void
    {
        $folder = new Folder();
        $program = $folder->path . '/program';
        file_put_contents($program, substr((string) file_get_contents(Binaries::program()), 0, 100_000));
        chmod($program, 0o755);
        $constants = ['LOGTO_SIGN_IN_BINARY' => $program, 'LOGTO_SIGN_IN_ENGINE' => $folder->path];

        $result = Program::run('transports.php', ['-d', 'ffi.enable=0'], ['constants' => $constants]);

        self::assertNull($result['available']);
        self::assertSame(['transport_unavailable', 503], [$result['about']['code'], $result['about']['status']]);
        self::assertSame('transport_silent', $result['examined']['process']);
    }

    /**
     * Fault R5: a child that ended in the middle of an operation failed the sign-in, although a new child would have answered.
     *
     * @dataProvider deaths
     */
    public function test_fault_r5_an_operation_whose_child_ends_begins_again_in_a_new_one(int $kills, string $outcome, int $requests): void
    {
        $provider = new Server('provider.php');
        $settings = ['endpoint' => $provider->url, 'app_id' => 'app', 'app_secret' => 'secret'];

        $result = Program::run('dying.php', [], ['settings' => $settings, 'kills' => $kills, 'constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'process']]);

        self::assertSame([$outcome, $kills, $kills], [$result['outcome']['type'], $result['killed'], count($result['skipped'])]);
        self::assertSame($requests, $result['requests'], 'nothing is sent twice');
    }

    /**
     * @return list<array{int, string, int}>
     */
    public static function deaths(): array
    {
        return [[0, 'connection_checked', 6], [1, 'connection_checked', 6], [2, 'refused', 2]];
    }

    /**
     * Fault R13: a library that this system cannot load was offered, since only its machine was looked at.
     */
    public function test_fault_r13_a_library_that_does_not_load_is_not_available(): void
    {
        $folder = new Folder();
        $library = $folder->path . '/library.so';
        // What the loader says on an older system: a version of the C library that is not there.
        file_put_contents($library, str_replace("GLIBC_2.34\0", "GLIBC_9.99\0", (string) file_get_contents(Binaries::library())));

        copy(Binaries::program(), $folder->path . '/logto-sign-in');

        $result = Program::run('transports.php', ['-d', 'ffi.enable=1'], ['constants' => ['LOGTO_SIGN_IN_LIBRARY' => $library]]);

        self::assertSame(['process', 'about'], [$result['available'], $result['about']['type']]);
        self::assertSame('library_not_loaded', $result['examined']['ffi']);
    }

    public function test_fault_r13_the_message_names_the_c_library_that_is_needed(): void
    {
        preg_match_all('/GLIBC_(\d+\.\d+)/', (string) file_get_contents(Binaries::library()), $needed);
        $versions = array_unique($needed[1]);
        usort($versions, 'version_compare');

        self::assertStringContainsString('(glibc) ' . end($versions) . ' or newer', Catalog::of('library_not_loaded')->message);
    }
}
