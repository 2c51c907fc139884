<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Tests\Program;

/**
 * Which transport is chosen.
 */
final class TransportsTest extends TransportsTestCase
{
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
