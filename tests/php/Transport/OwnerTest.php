<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Tests\Program;
use LogtoSignIn\Transport\Native\Owner;
use LogtoSignIn\Transport\Native\Socket;
use LogtoSignIn\Transport\TransportFailure;
use PHPUnit\Framework\TestCase;

/**
 * Fault S12: a socket was believed whoever owned it. One that another user had made in a folder that everybody may write
 * to received secrets, and signed an administrator in.
 */
final class OwnerTest extends TestCase
{
    /** Debian's user `nobody`. */
    private const NOBODY = 65_534;

    private Folder $folder;

    private string $socket = '';

    /** @var resource */
    private mixed $server;

    protected function setUp(): void
    {
        if (!function_exists('posix_geteuid') || posix_geteuid() !== 0) {
            self::fail('Only root can give files to other users.');
        }

        $this->folder = new Folder();
        $this->socket = $this->folder->path . '/socket';
        $server = stream_socket_server('unix://' . $this->socket);
        $this->server = is_resource($server) ? $server : throw new \RuntimeException('no socket');
        chmod($this->socket, 0o660);
    }

    public function test_fault_s12_a_socket_of_ones_own_in_a_closed_folder_is_trusted(): void
    {
        self::assertTrue(Owner::is_trusted($this->socket));
        self::assertFalse(Owner::is_trusted($this->folder->path . '/missing'));
    }

    /**
     * @dataProvider others
     *
     * @param callable(string, string): mixed $change
     */
    public function test_fault_s12_a_socket_that_others_can_replace_is_not_trusted(callable $change): void
    {
        $change($this->folder->path, $this->socket);

        self::assertFalse(Owner::is_trusted($this->socket));
    }

    /**
     * @return array<string, array{callable(string, string): mixed}>
     */
    public static function others(): array
    {
        return [
            'folder of another user' => [static fn(string $folder): bool => chown($folder, self::NOBODY)],
            'socket of another user' => [static fn(string $_, string $socket): bool => chown($socket, self::NOBODY)],
            'folder that everyone may write to' => [static fn(string $folder): bool => chmod($folder, 0o777)],
            'sticky folder, such as /tmp' => [static fn(string $folder): bool => chmod($folder, 0o1777)],
            'socket that everyone may write to' => [static fn(string $_, string $socket): bool => chmod($socket, 0o666)],
        ];
    }

    public function test_fault_s12_a_link_is_as_trusted_as_its_folder(): void
    {
        $elsewhere = new Folder();
        $link = $elsewhere->path . '/link';
        symlink($this->socket, $link);
        self::assertTrue(Owner::is_trusted($link));

        chmod($elsewhere->path, 0o777);

        self::assertFalse(Owner::is_trusted($link));
    }

    public function test_the_user_of_the_service_can_be_named(): void
    {
        chown($this->folder->path, self::NOBODY);
        chown($this->socket, self::NOBODY);

        self::assertTrue(Owner::is_trusted($this->socket, [self::NOBODY]));
        self::assertFalse(Owner::is_trusted($this->socket, [self::NOBODY - 1]));
    }

    /**
     * @dataProvider reasons
     *
     * @param array<string, string> $constants
     */
    public function test_fault_s12_the_transport_is_refused_with_the_reason(array $constants, null|string $reason): void
    {
        chown($this->socket, self::NOBODY);

        $result = Program::run('transports.php', ['-d', 'ffi.enable=0'], ['constants' => $constants + ['LOGTO_SIGN_IN_SOCKET' => $this->socket]]);

        self::assertSame($reason, $result['unmet']['socket']);
    }

    /**
     * @return array<string, array{array<string, string>, null|string}>
     */
    public static function reasons(): array
    {
        return [
            'nobody is named' => [[], 'socket_not_trusted'],
            'the owner by name' => [['LOGTO_SIGN_IN_SOCKET_OWNER' => 'nobody'], null],
            'the owner by number' => [['LOGTO_SIGN_IN_SOCKET_OWNER' => '65534'], null],
            'somebody else' => [['LOGTO_SIGN_IN_SOCKET_OWNER' => 'daemon'], 'socket_not_trusted'],
            'a user who does not exist' => [['LOGTO_SIGN_IN_SOCKET_OWNER' => 'no such user'], 'socket_not_trusted'],
        ];
    }

    public function test_hosts_that_disable_functions_are_survived(): void
    {
        $options = ['-d', 'disable_functions=posix_geteuid,posix_getpwnam,fileowner,socket_import_stream', '-d', 'ffi.enable=0'];
        $blind = ['-d', 'disable_functions=stat', '-d', 'ffi.enable=0'];
        $constants = ['constants' => ['LOGTO_SIGN_IN_SOCKET' => $this->socket]];

        self::assertNull(Program::run('transports.php', $options, $constants)['unmet']['socket']);
        self::assertSame('socket_not_trusted', Program::run('transports.php', $blind, $constants)['unmet']['socket']);
        self::assertNull(Program::run('transports.php', $blind)['unmet']['process'], 'the plugin’s own program still runs');
    }

    public function test_fault_s12_a_process_of_another_user_is_told_nothing(): void
    {
        $theirs = $this->folder->path . '/theirs';
        chown($this->folder->path, self::NOBODY);
        $code = '$server = stream_socket_server("unix://" . $argv[1]); $peer = stream_socket_accept($server, 10); file_put_contents($argv[1] . ".heard", (string) fgets($peer));';
        $pipes = [];
        $process = proc_open(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', PHP_BINARY, '-r', $code, '--', $theirs], [], $pipes, '/');
        for ($try = 0; $try < 250 && !file_exists($theirs); ++$try) {
            usleep(20_000);
        }

        $failure = '';
        try {
            (new Socket($theirs))->begin('a secret');
        } catch (TransportFailure $caught) {
            $failure = $caught->getMessage();
        }

        proc_close($process);
        self::assertStringContainsString('belongs to user 65534', $failure);
        self::assertSame('', file_get_contents($theirs . '.heard'));
    }
}
