<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * A logout token that a provider posts, while nothing here takes one.
 */
final class BackChannelTest extends TestCase
{
    /**
     * Fault C21: the provider got 200 with the login page, and took the session for ended.
     *
     * @dataProvider actions
     */
    public function test_fault_c21_a_logout_token_gets_404(string $action): void
    {
        $get = $action === '' ? [] : ['action' => $action];
        $page = Program::page('wp-login.php', $get, ['settings' => self::SETTINGS, 'post' => ['logout_token' => 'eyJ.a-token.x']]);

        self::assertSame(404, $page['status']);
        self::assertSame('invalid_request', json_decode($page['body'], true)['error'] ?? '');
        self::assertNotSame([], preg_grep('/^cache-control:.*no-store/i', $page['headers']));
        self::assertSame([], preg_grep('/set-cookie: (?!wordpress_test_cookie)/i', $page['headers']), 'WordPress sets its own before any hook');
        self::assertSame([], $page['fetched']);
    }

    /**
     * @return list<array{string}>
     */
    public static function actions(): array
    {
        return [[''], ['logto'], ['logto_callback'], ['logto_callback_dingtalk'], ['logto_signed_out']];
    }
}
