<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Lifecycle;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Tests\TestCase;
use LogtoSignIn\Transport\Native\Binaries;
use LogtoSignIn\Transport\Native\Machine;

final class BinariesTest extends TestCase
{
    private Folder $folder;

    private string $file = '';

    protected function setUp(): void
    {
        parent::setUp();
        $this->folder = new Folder();
        $this->file = $this->folder->path . '/program';
        touch($this->file);
    }

    /**
     * Fault S12: the program was believed whoever could replace it.
     */
    public function test_fault_s12_a_program_that_everyone_can_replace_is_refused(): void
    {
        copy(Binaries::program(), $this->file);
        self::assertNull(Binaries::program_problem($this->file));

        chmod($this->file, 0o777);
        self::assertSame('binary_not_trusted', Binaries::program_problem($this->file));
        self::assertSame('binary_not_trusted', Binaries::library_problem($this->file));

        chmod($this->file, 0o755);
        chmod($this->folder->path, 0o1777);
        self::assertSame('binary_not_trusted', Binaries::program_problem($this->file), 'a sticky folder is writable too');
    }

    public function test_a_program_is_as_safe_as_the_plugins_own_code(): void
    {
        copy(Binaries::program(), $this->file);
        chmod($this->file, 0o777);
        $code = Plugin::path('logto-sign-in.php');
        $mode = (int) fileperms($code) & 0o777;
        chmod($code, 0o666);

        $problem = Binaries::program_problem($this->file);

        chmod($code, $mode);
        self::assertNull($problem, 'whoever can replace the plugin needs no program');
    }

    /**
     * Unpacking a zip with WordPress drops the executable bit.
     */
    public function test_the_executable_bit_is_restored(): void
    {
        copy(Binaries::program(), $this->file);
        chmod($this->file, 0o644);
        clearstatcache();
        self::assertFalse(is_executable($this->file));

        self::assertNull(Binaries::program_problem($this->file));

        self::assertSame(0o755, fileperms($this->file) & 0o777);
    }

    /**
     * @dataProvider events
     */
    public function test_activation_and_updates_restore_the_executable_bit(callable $event): void
    {
        $mode = fileperms(Binaries::program()) & 0o777;
        chmod(Binaries::program(), 0o644);

        $event();

        clearstatcache();
        $restored = is_executable(Binaries::program());
        chmod(Binaries::program(), $mode);
        self::assertTrue($restored);
    }

    /**
     * @return array<string, array{callable(): mixed}>
     */
    public static function events(): array
    {
        $plugin = plugin_basename(Plugin::path('logto-sign-in.php'));
        $updated = ['type' => 'plugin', 'action' => 'update', 'plugins' => [$plugin]];

        return [
            'activation' => [static fn() => Lifecycle::activate()],
            'update' => [static fn() => do_action('upgrader_process_complete', null, $updated)],
            'installation' => [static fn() => do_action('upgrader_process_complete', null, ['type' => 'plugin', 'action' => 'install'])],
        ];
    }

    public function test_a_file_that_is_no_program_is_of_another_architecture(): void
    {
        self::assertSame('wrong_architecture', Binaries::program_problem($this->file));
    }

    public function test_a_program_for_another_machine_is_told(): void
    {
        $header = (string) file_get_contents(Binaries::program(), false, null, 0, 64);
        file_put_contents($this->file, substr_replace($header, "\x08\x00", 18, 2));

        self::assertSame('wrong_architecture', Binaries::program_problem($this->file));
    }

    public function test_a_machine_gets_the_files_that_are_for_it(): void
    {
        $folder = Plugin::path('bin/aarch64');
        $is_new = !is_dir($folder);
        if ($is_new) {
            mkdir($folder);
            touch($folder . '/logto-sign-in');
        }

        $arm = Binaries::shipped('logto-sign-in', Machine::AARCH64);
        $arm_library = Binaries::shipped('no-such-library', Machine::AARCH64);
        $intel = Binaries::shipped('logto-sign-in', 62);
        $unknown = Binaries::shipped('logto-sign-in', null);

        if ($is_new) {
            unlink($folder . '/logto-sign-in');
            rmdir($folder);
        }

        self::assertSame($folder . '/logto-sign-in', $arm);
        self::assertSame(Plugin::path('bin/no-such-library'), $arm_library, 'a package for one machine says what it lacks');
        self::assertSame(Plugin::path('bin/logto-sign-in'), $intel);
        self::assertSame(Plugin::path('bin/logto-sign-in'), $unknown);
    }

    public function test_php_says_what_it_runs_on_by_its_own_header(): void
    {
        self::assertSame(Machine::of_server(), Machine::of_file('/proc/self/exe'));
        self::assertNull(Machine::of_file($this->file), 'an empty file');
        self::assertNull(Machine::of_file($this->file . '-not'));
    }

    /**
     * Fault S12: the library runs the code of the program beside it, so whoever can replace that decides what PHP runs.
     */
    public function test_fault_s12_the_program_beside_the_library_is_held_to_the_same_rules(): void
    {
        copy(Binaries::library(), $this->file);
        $program = $this->folder->path . '/logto-sign-in';
        self::assertSame('binary_missing', Binaries::library_problem($this->file));

        copy(Binaries::program(), $program);
        chmod($program, 0o755);
        self::assertNull(Binaries::library_problem($this->file));

        chmod($program, 0o777);
        self::assertSame('binary_not_trusted', Binaries::library_problem($this->file));
    }

    public function test_a_file_that_is_missing_is_told(): void
    {
        self::assertSame('binary_missing', Binaries::program_problem($this->file . '-not'));
        self::assertSame('library_missing', Binaries::library_problem($this->file . '-not'));
    }
}
