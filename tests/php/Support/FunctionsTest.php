<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Shared hosts disable functions one by one, and PHP 8 then has no such function.
 */
final class FunctionsTest extends TestCase
{
    /** Functions that hosts are known to disable, as far as WordPress itself can do without them. */
    private const DISABLED_BY_HOSTS = [
        'chmod', 'error_log', 'exec', 'fileowner', 'fileperms', 'fsockopen', 'get_current_user', 'gethostbyname',
        'gethostname', 'getmypid', 'getmyuid', 'is_executable', 'mail', 'mb_scrub', 'mb_strimwidth', 'mb_strtolower',
        'opcache_get_status', 'passthru', 'pfsockopen', 'php_uname', 'popen', 'posix_geteuid', 'posix_getpwnam', 'posix_kill',
        'proc_close', 'proc_get_status', 'proc_nice', 'proc_open', 'proc_terminate', 'putenv', 'readlink', 'set_time_limit',
        'shell_exec', 'sleep', 'socket_get_option', 'socket_import_stream', 'stat', 'stream_get_contents', 'stream_select',
        'stream_set_blocking', 'stream_socket_client', 'stream_socket_server', 'symlink', 'sys_getloadavg', 'system', 'usleep',
    ];

    /** A transport asks {@see Functions::exist()} for these before it is taken. */
    private const ASKED_FOR = ['proc_open', 'stream_get_contents', 'stream_select', 'stream_set_blocking', 'stream_socket_client'];

    /**
     * Fault R1: with `php_uname` disabled, the login page and all of wp-admin ended with a fatal error.
     *
     * @dataProvider disabled
     */
    public function test_fault_r1_a_password_signs_in_and_pages_open_without(string $functions): void
    {
        $user = $this->admin('boss');
        $settings = ['form_login' => true] + self::SETTINGS;
        $server = new Server('page.php', ['settings' => $settings], ['-d', 'disable_functions=' . $functions]);
        $form = ['log' => 'boss', 'pwd' => 'right password', 'redirect_to' => 'http://127.0.0.1/wp-admin/'];

        $login = Program::page_of($server, ['page' => 'wp-login.php']);
        $plain = Program::page_of($server, ['page' => 'wp-login.php', 'get' => ['form' => '1']]);
        $signed_in = Program::page_of($server, ['page' => 'wp-login.php', 'get' => ['form' => '1'], 'post' => $form]);
        $admin = Program::page_of($server, ['page' => 'wp-admin/plugins.php', 'user' => $user->ID, 'cookie' => self::admin_cookie($user)]);

        self::assertSame([200, 200, 200], [$login['status'], $plain['status'], $admin['status']]);
        self::assertStringContainsString('name="pwd"', $login['body']);
        self::assertStringContainsString('name="pwd"', $plain['body']);
        self::assertSame('http://127.0.0.1/wp-admin/', Program::location($signed_in), $signed_in['body']);
        self::assertStringContainsString('</html>', $admin['body']);
    }

    /**
     * @return array<string, array{string}>
     */
    public static function disabled(): array
    {
        $all = implode(',', self::DISABLED_BY_HOSTS);
        // On a network, the code is the same.
        $alone = is_multisite() ? [] : array_intersect(self::DISABLED_BY_HOSTS, array_keys(self::calls()));

        return ['all' => [$all]] + array_combine($alone, array_map(static fn(string $function): array => [$function], $alone));
    }

    /**
     * Fault R1: the guards were written one by one, and some were forgotten.
     */
    public function test_fault_r1_what_hosts_disable_is_called_through_the_guard(): void
    {
        $direct = array_intersect_key(self::calls(false), array_flip(self::DISABLED_BY_HOSTS));

        self::assertSame(self::ASKED_FOR, array_keys($direct), implode("\n", $direct));
    }

    public function test_a_function_that_is_not_there_gives_nothing(): void
    {
        self::assertSame(3, Functions::call('strlen', 'abc'));
        self::assertNull(Functions::call('no_such_function', 'abc'));
        self::assertSame([true, false], [Functions::exist('strlen', 'trim'), Functions::exist('strlen', 'no_such_function')]);
    }

    /**
     * The functions that the plugin calls, each with a place.
     *
     * @param bool $named Whether a text that names a function counts, as the guard takes it.
     *
     * @return array<string, string>
     */
    private static function calls(bool $named = true): array
    {
        $calls = [];
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(Plugin::path('src'))) as $file) {
            $tokens = $file->getExtension() === 'php' ? \PhpToken::tokenize((string) file_get_contents($file->getPathname())) : [];
            $tokens = array_values(array_filter($tokens, static fn(\PhpToken $token): bool => !$token->isIgnorable()));
            foreach ($tokens as $at => $token) {
                $name = strtolower(trim($token->text, "\\'"));
                $is_call = $token->is([T_STRING, T_NAME_FULLY_QUALIFIED])
                    && ($tokens[$at + 1]->text ?? '') === '('
                    && !in_array($tokens[$at - 1]->id ?? 0, [T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_NEW], true);
                if ($is_call || $named && $token->is(T_CONSTANT_ENCAPSED_STRING)) {
                    $calls[$name] = $file->getPathname() . ':' . $token->line;
                }
            }
        }

        ksort($calls);

        return $calls;
    }
}
