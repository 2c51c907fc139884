<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Transport\Native\Binaries;
use LogtoSignIn\Transport\Health;
use PHPUnit\Framework\TestCase;

/**
 * Which transport is chosen, in processes of PHP with other settings.
 */
final class TransportsTest extends TestCase
{
    protected function tearDown(): void
    {
        wp_cache_flush();
        Health::forget();
    }

    public function test_ffi_is_taken_where_it_is_allowed(): void
    {
        $result = Program::run('transports.php', ['-d', 'ffi.enable=1']);

        self::assertSame(['ffi', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_the_preload_recipe_allows_ffi(): void
    {
        $options = ['-d', 'opcache.enable_cli=1', '-d', 'opcache.preload=' . Plugin::path('preload.php'), '-d', 'ffi.enable=preload'];
        $user = function_exists('posix_getuid') && posix_getuid() === 0 ? ['-d', 'opcache.preload_user=root'] : [];

        $result = Program::run('transports.php', [...$options, ...$user]);

        self::assertSame(['ffi', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_php_itself_is_the_last_transport(): void
    {
        $result = Program::run('transports.php', ['-d', 'disable_functions=proc_open', '-d', 'ffi.enable=0']);

        self::assertSame(['php', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_the_php_engine_answers_where_php_compiles_to_machine_code(): void
    {
        $options = ['-d', 'opcache.enable_cli=1', '-d', 'opcache.jit=tracing', '-d', 'opcache.jit_buffer_size=32M'];

        $result = Program::run('transports.php', $options, ['constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'php']]);

        self::assertSame(['php', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_the_php_engine_needs_no_extension_for_signatures(): void
    {
        $options = ['-d', 'disable_functions=proc_open,openssl_verify,sodium_crypto_sign_verify_detached', '-d', 'ffi.enable=0'];

        $result = Program::run('transports.php', $options);

        self::assertSame(['php', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_where_nothing_works_each_transport_says_why_and_passwords_work(): void
    {
        $options = ['-d', 'disable_functions=proc_open', '-d', 'ffi.enable=0'];

        $result = Program::run('transports.php', $options, ['constants' => ['LOGTO_SIGN_IN_ENGINE' => '/nowhere']]);

        self::assertNull($result['available']);
        $unmet = ['ffi' => 'ffi_disabled', 'socket' => 'socket_not_configured', 'process' => 'proc_open_disabled', 'php' => 'engine_missing'];
        self::assertSame($unmet, $result['unmet']);
        self::assertSame('transport_unavailable', $result['about']['code']);
        self::assertTrue($result['form']);
    }

    public function test_functions_of_the_system_may_be_disabled_one_by_one(): void
    {
        $result = Program::run('transports.php', ['-d', 'disable_functions=php_uname,chmod', '-d', 'ffi.enable=0']);

        self::assertSame(['process', 'about'], [$result['available'], $result['about']['type']]);
    }

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

    /**
     * @dataProvider constants
     */
    public function test_a_constant_names_the_transport(string $constant): void
    {
        $named = Program::run('transports.php', ['-d', 'ffi.enable=1'], ['constants' => [$constant => 'process']]);
        $unknown = Program::run('transports.php', [], ['constants' => [$constant => 'pigeon']]);

        self::assertSame(['process', 'about'], [$named['available'], $named['about']['type']]);
        self::assertSame([null, 'transport_unavailable'], [$unknown['available'], $unknown['about']['code']]);
    }

    /**
     * @return array<string, array{string}>
     */
    public static function constants(): array
    {
        return ['now' => ['LOGTO_SIGN_IN_TRANSPORT'], 'in version 0.1' => ['LOGTO_SIGN_IN_CARRIER']];
    }
}
