<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Admin\TransportLabels;
use LogtoSignIn\Carrier\Binary;
use LogtoSignIn\Carrier\CarrierFailure;
use LogtoSignIn\Carrier\ProcessCarrier;
use LogtoSignIn\Carrier\SocketCarrier;
use LogtoSignIn\Lifecycle;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class CarriersTest extends TestCase
{
    private string $file = '';

    protected function setUp(): void
    {
        parent::setUp();
        $this->file = (string) tempnam(sys_get_temp_dir(), 'program');
    }

    protected function tearDown(): void
    {
        @unlink($this->file);
        parent::tearDown();
    }

    public function test_the_process_answers_call_after_call(): void
    {
        $carrier = new ProcessCarrier(Binary::program());
        foreach ([1, 2, 3] as $_) {
            self::assertSame('about', json_decode($carrier->call('{"operation":"about"}'), true)['outcome']['type']);
        }
    }

    public function test_a_long_request_and_a_long_reply_pass(): void
    {
        $carrier = new ProcessCarrier($this->program('while (($line = fgets(STDIN)) !== false) { fwrite(STDERR, str_repeat("x", 200000)); echo $line; }'));
        $request = str_repeat('long ', 100_000);
        self::assertSame($request, $carrier->call($request));
        self::assertSame('short', $carrier->call('short'));
    }

    public function test_a_process_that_ends_is_a_failure_with_its_last_words(): void
    {
        $this->expectException(CarrierFailure::class);
        $this->expectExceptionMessageMatches('/closed|written.*no memory/');
        (new ProcessCarrier($this->program('fgets(STDIN); fwrite(STDERR, "no memory"); usleep(50000);')))->call('{}');
    }

    public function test_a_program_that_is_not_there_is_a_failure(): void
    {
        $this->expectException(CarrierFailure::class);
        (new ProcessCarrier('/nowhere/logto-sign-in'))->call('{}');
    }

    public function test_the_child_sees_nothing_of_the_environment(): void
    {
        putenv('SECRET_OF_THE_SERVER=1');
        $carrier = new ProcessCarrier($this->program('fgets(STDIN); echo json_encode([getenv(), array_slice($argv, 1)]), "\n";'));
        [$environment, $arguments] = json_decode($carrier->call('{}'), true);
        putenv('SECRET_OF_THE_SERVER');
        self::assertArrayNotHasKey('SECRET_OF_THE_SERVER', $environment);
        self::assertSame(['serve'], $arguments);
    }

    public function test_the_child_ends_with_the_request(): void
    {
        $carrier = new ProcessCarrier($this->program('while (fgets(STDIN)) { echo getmypid(), "\n"; }'));
        $process = (int) $carrier->call('{}');
        self::assertFileExists("/proc/{$process}");
        unset($carrier);
        self::assertFileDoesNotExist("/proc/{$process}");
    }

    public function test_the_socket_answers_call_after_call(): void
    {
        unlink($this->file);
        $process = proc_open([Binary::program(), 'listen', '--socket', $this->file], [2 => ['file', '/dev/null', 'w']], $pipes);
        self::assertIsResource($process);
        for ($try = 0; $try < 100 && !file_exists($this->file); ++$try) {
            usleep(20_000);
        }

        $carrier = new SocketCarrier($this->file);
        $types = [$carrier->call('{"operation":"about"}'), $carrier->call('{"operation":"about"}')];
        proc_terminate($process);
        proc_close($process);
        self::assertSame(['about', 'about'], array_map(static fn($reply) => json_decode($reply, true)['outcome']['type'], $types));
    }

    public function test_a_socket_that_nobody_listens_on_is_a_failure(): void
    {
        $this->expectException(CarrierFailure::class);
        (new SocketCarrier('/nowhere/socket'))->call('{}');
    }

    public function test_ffi_is_taken_where_it_is_allowed(): void
    {
        $result = Program::run('carriers.php', ['-d', 'ffi.enable=1']);
        self::assertSame(['ffi', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_the_preload_recipe_allows_ffi(): void
    {
        $preload = \LogtoSignIn\Support\Plugin::path('preload.php');
        $options = ['-d', 'opcache.enable_cli=1', '-d', 'opcache.preload=' . $preload, '-d', 'ffi.enable=preload'];
        $user = function_exists('posix_getuid') && posix_getuid() === 0 ? ['-d', 'opcache.preload_user=root'] : [];
        $result = Program::run('carriers.php', [...$options, ...$user]);
        self::assertSame(['ffi', 'about'], [$result['available'], $result['about']['type']]);
    }

    public function test_disable_functions_is_explained_and_the_form_stays(): void
    {
        $result = Program::run('carriers.php', ['-d', 'disable_functions=proc_open', '-d', 'ffi.enable=0']);
        self::assertNull($result['available']);
        self::assertSame(['ffi' => 'ffi_disabled', 'socket' => 'socket_not_configured', 'process' => 'proc_open_disabled'], $result['obstacles']);
        self::assertSame('carrier_unavailable', $result['about']['code']);
        self::assertTrue($result['form']);
        self::assertStringContainsString('disable_functions', TransportLabels::obstacle('proc_open_disabled'));
    }

    public function test_a_constant_names_the_carrier(): void
    {
        $result = Program::run('carriers.php', ['-d', 'ffi.enable=1'], ['constants' => ['LOGTO_SIGN_IN_CARRIER' => 'process']]);
        self::assertSame(['process', 'about'], [$result['available'], $result['about']['type']]);
        $result = Program::run('carriers.php', [], ['constants' => ['LOGTO_SIGN_IN_CARRIER' => 'pigeon']]);
        self::assertSame([null, 'carrier_unavailable'], [$result['available'], $result['about']['code']]);
    }

    public function test_every_obstacle_has_words(): void
    {
        $source = '';
        foreach (['Binary', 'Obstacles'] as $class) {
            $source .= file_get_contents((string) (new \ReflectionClass('LogtoSignIn\\Carrier\\' . $class))->getFileName());
        }

        preg_match_all("/(?:=>|:|return) '([a-z]+(?:_[a-z]+)*)'[,;]/", $source, $found);
        self::assertGreaterThan(12, count(array_unique($found[1])));
        foreach (array_diff($found[1], ['open_basedir_', '']) as $code) {
            self::assertNotSame($code, TransportLabels::obstacle($code));
        }
    }

    public function test_the_executable_bit_is_restored(): void
    {
        // unzip_file() drops it.
        copy(Binary::program(), $this->file);
        chmod($this->file, 0o644);
        clearstatcache();
        self::assertFalse(is_executable($this->file));
        self::assertNull(Binary::obstacle($this->file));
        self::assertSame(0o755, fileperms($this->file) & 0o777);
    }

    public function test_activation_and_updates_restore_it_too(): void
    {
        $plugin = plugin_basename(\LogtoSignIn\Support\Plugin::path('logto-sign-in.php'));
        $mode = fileperms(Binary::program()) & 0o777;
        foreach ([
            static fn() => Lifecycle::activate(),
            static fn() => do_action('upgrader_process_complete', null, ['type' => 'plugin', 'action' => 'update', 'plugins' => [$plugin]]),
            static fn() => do_action('upgrader_process_complete', null, ['type' => 'plugin', 'action' => 'install']),
        ] as $event) {
            chmod(Binary::program(), 0o644);
            $event();
            clearstatcache();
            self::assertTrue(is_executable(Binary::program()));
        }

        chmod(Binary::program(), $mode);
    }

    public function test_other_files_are_explained(): void
    {
        self::assertSame('wrong_architecture', Binary::obstacle($this->file));
        $header = (string) file_get_contents(Binary::program(), false, null, 0, 64);
        file_put_contents($this->file, substr_replace($header, "\x08\x00", 18, 2));
        self::assertSame('wrong_architecture', Binary::obstacle($this->file));
        self::assertSame('binary_missing', Binary::obstacle($this->file . '-not'));
        self::assertSame('library_missing', Binary::library_obstacle($this->file . '-not'));
    }

    private function program(string $code): string
    {
        file_put_contents($this->file, '#!' . PHP_BINARY . "\n<?php " . $code);
        chmod($this->file, 0o755);

        return $this->file;
    }
}
