<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Accounts\ProviderSessions;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * The provider ends sessions: its server posts a logout token, or its page loads an address in a frame.
 */
final class BackChannelTest extends TestCase
{
    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function tearDown(): void
    {
        Tables::database()->delete(Tables::identities(), ['issuer' => self::issuer()]);
        parent::tearDown();
    }

    /**
     * Fault C21: the provider got 200 with the login page, and took the session for ended.
     *
     * @dataProvider actions
     */
    public function test_fault_c21_a_wrong_logout_token_gets_400(string $action): void
    {
        $get = $action === '' ? [] : ['action' => $action];
        $page = Program::page('wp-login.php', $get, ['settings' => self::SETTINGS, 'post' => ['logout_token' => 'eyJ.a-token.x']]);

        self::assertSame(400, $page['status']);
        self::assertSame(['error' => 'invalid_request', 'error_description' => 'token_malformed'], json_decode($page['body'], true));
        self::assertNotSame([], preg_grep('/^cache-control:.*no-store/i', $page['headers']));
        self::assertSame([], preg_grep('/set-cookie: (?!wordpress_test_cookie)/i', $page['headers']), 'WordPress sets its own before any hook');
        self::assertSame([], $page['fetched']);
    }

    /**
     * @return list<array{string}>
     */
    public static function actions(): array
    {
        return [[''], ['logto_backchannel_logout'], ['logto_callback']];
    }

    /**
     * Fault C21: who signed out at the provider, in another application, stayed signed in here. Of two browsers, `sid` names
     * one, and `sub` both; a session of another provider, or of a password, is nobody's business.
     */
    public function test_fault_c21_a_logout_token_ends_exactly_the_sessions_that_it_names(): void
    {
        $user = $this->user();
        self::assertTrue(IdentityRow::take(new Identity(self::issuer(), hash('sha256', self::issuer()), 'alice'), $user->ID));
        $this->begin($user, 'one');
        $this->begin($user, 'two');
        self::log_in($user, [Sessions::ISSUER_KEY => hash('sha256', 'https://login.dingtalk.com')]);
        self::log_in($user);

        $page = $this->logout(['sub' => 'alice', 'sid' => 'one', 'jti' => 'a' . wp_generate_password(20, false)]);
        self::assertSame([200, ''], [$page['status'], $page['body']]);
        self::assertNotSame([], preg_grep('/^cache-control:.*no-store/i', $page['headers']));
        self::assertSame(['', '', 'two'], $this->sessions($user));

        $again = ['sub' => 'alice', 'jti' => 'b' . wp_generate_password(20, false)];
        self::assertSame(200, $this->logout($again)['status']);
        self::assertSame(['', ''], $this->sessions($user));

        $this->begin($user, 'three');
        self::assertSame([400, 'logout_token_used'], $this->refusal($again));
        self::assertSame([400, 'token_audience'], $this->refusal(['aud' => 'another'] + $again));
        self::assertSame(['', '', 'three'], $this->sessions($user));
    }

    /**
     * The address that a provider's page loads in a frame: off, for another issuer, for this one.
     */
    public function test_fault_c21_front_channel_logout_ends_the_session_of_a_sid(): void
    {
        $user = $this->user();
        $this->begin($user, 'one');
        $this->begin($user, 'two');
        $ask = fn(array $get, bool $on = true): array => Program::page(
            'wp-login.php',
            ['action' => 'logto_frontchannel_logout'] + $get,
            ['settings' => $this->settings(['frontchannel_logout' => $on])],
        );

        self::assertSame(404, $ask(['iss' => self::issuer(), 'sid' => 'one'], false)['status']);
        $other = $ask(['iss' => 'https://other.example/oidc', 'sid' => 'one']);
        self::assertSame([400, 'logout_request_invalid'], [$other['status'], $other['body']]);
        self::assertNotSame([], preg_grep('/^x-frame-options:/i', $other['headers']));
        self::assertSame(['one', 'two'], $this->sessions($user));

        $page = $ask(['iss' => self::issuer(), 'sid' => 'one']);

        self::assertSame([200, ''], [$page['status'], $page['body']]);
        self::assertSame([], preg_grep('/^x-frame-options:/i', $page['headers']));
        self::assertContains('Content-Security-Policy: frame-ancestors ' . self::$provider->url, $page['headers']);
        self::assertNotSame([], preg_grep('/^cache-control:.*no-store/i', $page['headers']));
        self::assertSame(['two'], $this->sessions($user));
    }

    public function test_the_index_of_sessions_forgets_those_that_are_over(): void
    {
        $user = $this->user();
        $this->begin($user, 'one');
        \WP_Session_Tokens::get_instance($user->ID)->destroy_all();
        $this->begin($user, 'two');

        self::assertSame([null, $user->ID], [ProviderSessions::find_user(self::key('one')), ProviderSessions::find_user(self::key('two'))]);
        ProviderSessions::erase_all();
        self::assertNull(ProviderSessions::find_user(self::key('two')));
    }

    private static function issuer(): string
    {
        return self::$provider->url . '/rsa/oidc';
    }

    /** As the core makes it. */
    private static function key(string $sid): string
    {
        return hash('sha256', self::issuer() . ' ' . $sid);
    }

    private function begin(\WP_User $user, string $sid): void
    {
        self::log_in($user, [Sessions::ISSUER_KEY => hash('sha256', self::issuer()), Sessions::SID_KEY => self::key($sid)]);
        ProviderSessions::note($user->ID, self::key($sid));
    }

    /**
     * @return list<string> The `sid` of each session that is left.
     */
    private function sessions(\WP_User $user): array
    {
        wp_cache_delete($user->ID, 'user_meta');
        $names = array_combine(array_map(self::key(...), ['one', 'two', 'three']), ['one', 'two', 'three']);
        $sids = array_map(static fn(array $session): string => $names[$session[Sessions::SID_KEY] ?? ''] ?? '', \WP_Session_Tokens::get_instance($user->ID)->get_all());
        sort($sids);

        return $sids;
    }

    /**
     * @param array<string, mixed> $settings
     *
     * @return array<string, mixed>
     */
    private function settings(array $settings = []): array
    {
        return ['endpoint' => self::$provider->url . '/rsa'] + $settings + self::SETTINGS;
    }

    /**
     * @param array<string, mixed> $claims
     *
     * @return array<string, mixed>
     */
    private function logout(array $claims): array
    {
        $claims += [
            'iss' => self::issuer(),
            'aud' => 'app',
            'iat' => time(),
            'exp' => time() + 120,
            'events' => ['http://schemas.openid.net/event/backchannel-logout' => new \stdClass()],
        ];
        $options = ['http' => ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => (string) json_encode($claims)]];
        $token = file_get_contents(self::$provider->url . '/rsa/oidc/sign', false, stream_context_create($options));

        return Program::page('wp-login.php', ['action' => 'logto_backchannel_logout'], ['settings' => $this->settings(), 'post' => ['logout_token' => $token]]);
    }

    /**
     * @param array<string, mixed> $claims
     *
     * @return array{int, mixed}
     */
    private function refusal(array $claims): array
    {
        $page = $this->logout($claims);

        return [$page['status'], json_decode($page['body'], true)['error_description'] ?? null];
    }
}
