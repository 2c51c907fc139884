<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Api;

use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Api\Bearer;
use LogtoSignIn\Tests\Program;

/**
 * Calls of the REST API with access tokens of the provider (RFC 6750), to the real core and real routes.
 */
final class BearerTest extends BearerTestCase
{
    public function test_a_bad_token_is_refused_and_never_anonymous(): void
    {
        $this->linked('administrator');
        $bad = [
            'expired' => ApiCall::token('read', claims: ['exp' => time() - 600]),
            'another API' => ApiCall::token('read', claims: ['aud' => 'https://other.example']),
            'an ID token' => ApiCall::token('read', claims: ['aud' => 'app', 'nonce' => 'n']),
            'altered' => substr(ApiCall::token('read'), 0, -8) . 'AAAAAAAA',
            'opaque' => 'an-opaque-token',
            'a stranger' => ApiCall::token('read', 'stranger'),
        ];
        foreach ($bad as $what => $token) {
            $refused = ApiCall::ask($token, 'GET', '/wp/v2/posts');

            self::assertSame(401, $refused->get_status(), $what);
            self::assertStringContainsString('error="invalid_token"', $refused->get_headers()['WWW-Authenticate'], $what);
            self::assertSame([0, 'no-store'], [get_current_user_id(), $refused->get_headers()['Cache-Control']], $what);
            self::assertStringNotContainsString($token, (string) wp_json_encode($refused->get_data()), $what);
        }

        $malformed = ApiCall::ask('two tokens', 'GET', '/wp/v2/posts');
        self::assertSame(400, $malformed->get_status());
        self::assertStringContainsString('error="invalid_request"', $malformed->get_headers()['WWW-Authenticate']);
    }

    public function test_whose_account_is_closed_calls_nothing(): void
    {
        $user = $this->linked('editor');
        $status = static fn(): array => [ApiCall::ask(ApiCall::token('read'), 'GET', '/wp/v2/users/me')->get_status(), get_current_user_id()];
        self::assertSame([200, $user->ID], $status());

        update_user_meta($user->ID, UserMeta::PENDING, '1');
        self::assertSame([403, 0], $status());
        delete_user_meta($user->ID, UserMeta::PENDING);
        RevokedIssuers::add($user->ID, hash('sha256', ApiCall::ISSUER));
        self::assertSame([401, 0], $status());
        RevokedIssuers::remove($user->ID, hash('sha256', ApiCall::ISSUER));
        if (is_multisite()) {
            remove_user_from_blog($user->ID, get_current_blog_id());
            self::assertSame([403, 0], $status());
        }
    }

    public function test_a_machine_acts_as_the_user_of_the_settings(): void
    {
        $machine = ApiCall::token('read', 'a-program');
        self::assertSame(401, ApiCall::ask($machine, 'GET', '/wp/v2/users/me')->get_status());
        $robot = $this->user('a-robot');

        $response = ApiCall::ask($machine, 'GET', '/wp/v2/users/me');

        self::assertSame([200, $robot->ID], [$response->get_status(), $response->get_data()['id']]);
    }

    public function test_a_provider_that_does_not_answer_is_waited_for(): void
    {
        $this->linked('editor');
        add_filter('pre_http_request', static fn(): \WP_Error => new \WP_Error('http_request_failed', 'cURL error 28: timed out'), 99);

        $refused = ApiCall::ask(ApiCall::token('read'), 'GET', '/wp/v2/posts');

        self::assertSame([503, '30'], [$refused->get_status(), $refused->get_headers()['Retry-After']]);
    }

    public function test_nothing_happens_while_the_setting_is_off_or_the_token_is_another_issuers(): void
    {
        $this->linked('editor');
        $theirs = ApiCall::ask(ApiCall::token('read', claims: ['iss' => 'https://example.org']), 'GET', '/wp/v2/posts');
        $this->store(['api_resource' => ''] + self::API);
        $off = ApiCall::ask('an-opaque-token', 'GET', '/wp/v2/posts');

        self::assertSame([200, 200, 0, 0], [$theirs->get_status(), $off->get_status(), get_current_user_id(), $this->requests]);
    }

    /**
     * The whole of WordPress, with the header field where Apache leaves it, and a session's cookie beside it.
     */
    public function test_the_token_wins_over_a_session(): void
    {
        $user = $this->linked('editor');
        $boss = $this->admin();
        $documents = array_map(ApiCall::document(...), array_combine($urls = [ApiCall::ISSUER . '/.well-known/openid-configuration', ApiCall::ISSUER . '/jwks'], $urls));
        $plugin = (string) tempnam(sys_get_temp_dir(), 'plugin');
        file_put_contents($plugin, '<?php add_filter("pre_http_request", static fn($_, $__, $url) => ["response" => ["code" => 200], "headers" => [], "cookies" => [], "body" => ' . var_export($documents, true) . '[$url] ?? ""], 10, 3);');
        $page = static fn(string $token, array $get): array => Program::page('index.php', $get, [
            'settings' => self::API,
            'plugins' => [$plugin],
            'user' => $boss->ID,
            'server' => ['REDIRECT_HTTP_AUTHORIZATION' => 'Bearer ' . $token],
        ]);

        $good = $page(ApiCall::token('read'), ['rest_route' => '/wp/v2/users/me']);
        $bad = $page(ApiCall::token('read', claims: ['exp' => 1]), ['rest_route' => '/wp/v2/users/me']);
        $elsewhere = $page('an-opaque-token', []);

        unlink($plugin);
        self::assertSame([200, $user->ID], [$good['status'], json_decode($good['body'], true)['id'] ?? 0], $good['body']);
        self::assertSame(401, $bad['status'], $bad['body']);
        self::assertNotSame([], preg_grep('/^WWW-Authenticate: Bearer realm=.*error_description="The access token expired"$/', $bad['headers']));
        self::assertSame(200, $elsewhere['status'], 'a page is nothing of the REST API');
        self::assertSame([], preg_grep('~/src/Core/~', $elsewhere['files']));
    }
}
