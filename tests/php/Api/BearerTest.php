<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Api;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Api\Bearer;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Calls of the REST API with access tokens of the provider (RFC 6750), to the real core and real routes.
 */
final class BearerTest extends TestCase
{
    private const API = [
        'api_resource' => ApiCall::RESOURCE,
        'api_scopes' => "read = read\nwrite = read, edit_posts, edit_others_posts\naccount = read, edit_user\nnetwork = read, manage_network, manage_sites",
        'api_m2m_user' => 'a-robot',
    ] + self::SETTINGS;

    private int $requests = 0;

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::API);
        $this->requests = 0;
        add_filter('pre_http_request', function (mixed $answer, array $arguments, string $url): mixed {
            ++$this->requests;

            return ['response' => ['code' => 200], 'headers' => [], 'body' => (string) ApiCall::document($url), 'cookies' => []];
        }, 10, 3);
        // Whatever a test before set up has no say here.
        $GLOBALS['wp_rest_server'] = null;
    }

    protected function tearDown(): void
    {
        Bearer::forget();
        parent::tearDown();
    }

    public function test_a_request_sees_and_changes_what_its_scopes_allow(): void
    {
        $this->linked('editor');
        $draft = '/wp/v2/posts/' . $this->draft();
        $read = ApiCall::token('read');
        $write = ApiCall::token('write');

        $refused = ApiCall::ask($read, 'GET', $draft);
        self::assertSame(403, $refused->get_status());
        self::assertSame('Bearer realm="' . ApiCall::RESOURCE . '", error="insufficient_scope", scope="write"', $refused->get_headers()['WWW-Authenticate']);

        self::assertSame(200, ApiCall::ask($write, 'GET', $draft)->get_status());
        self::assertSame(200, ApiCall::ask($write, 'POST', $draft, ['title' => 'A new title'])->get_status());
        self::assertSame(403, ApiCall::ask($write, 'POST', $draft, ['status' => 'publish'])->get_status());
        self::assertSame(403, ApiCall::ask($write, 'DELETE', $draft)->get_status());
        self::assertSame(2, $this->requests, 'the keys are cached');
    }

    public function test_a_token_allows_no_more_than_its_user_may(): void
    {
        $this->linked('subscriber');

        $refused = ApiCall::ask(ApiCall::token('write'), 'GET', '/wp/v2/posts/' . $this->draft());

        self::assertSame(403, $refused->get_status());
        self::assertArrayNotHasKey('WWW-Authenticate', $refused->get_headers());
    }

    public function test_a_scope_that_reads_writes_nowhere(): void
    {
        $this->linked('editor');
        $post = wp_insert_post(['post_title' => 'a post', 'post_status' => 'publish', 'comment_status' => 'open']);

        $refused = ApiCall::ask(ApiCall::token('read'), 'POST', '/wp/v2/comments', ['post' => $post, 'content' => 'Hello']);

        self::assertSame([403, 'logto_api_scope_missing'], [$refused->get_status(), $refused->get_data()['code']]);
        self::assertStringContainsString('error="insufficient_scope"', $refused->get_headers()['WWW-Authenticate']);
        self::assertSame([], get_comments(['post_id' => $post]));
        self::assertSame(200, ApiCall::ask(ApiCall::token('read'), 'GET', '/wp/v2/users/me')->get_status());
    }

    public function test_a_password_is_changed_only_where_a_scope_allows_it_by_name(): void
    {
        $user = $this->linked('administrator');
        $change = static fn(string $scope): int => ApiCall::ask(ApiCall::token($scope), 'POST', '/wp/v2/users/me', ['password' => 'another password'])->get_status();

        self::assertSame(403, $change('write'));
        self::assertTrue(wp_check_password('right password', get_userdata($user->ID)->user_pass));
        $passwords = '/wp/v2/users/' . $user->ID . '/application-passwords';
        add_filter('wp_is_application_passwords_available', '__return_true');
        self::assertSame(403, ApiCall::ask(ApiCall::token('account'), 'POST', $passwords, ['name' => 'a program'])->get_status());
        self::assertSame(200, $change('account'));
    }

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

    public function test_a_token_has_a_networks_powers_only_where_a_scope_allows_them(): void
    {
        if (!is_multisite()) {
            $this->linked('administrator');
            ApiCall::ask(ApiCall::token('network'), 'GET', '/wp/v2/users/me');
            self::assertFalse(current_user_can('manage_options'));

            return;
        }

        $user = $this->linked('administrator');
        grant_super_admin($user->ID);
        ApiCall::ask(ApiCall::token('write'), 'GET', '/wp/v2/users/me');
        self::assertSame([false, false, true], [is_super_admin(), current_user_can('manage_sites'), current_user_can('edit_posts')]);
        ApiCall::ask(ApiCall::token('network'), 'GET', '/wp/v2/users/me');
        self::assertSame([true, true, false], [is_super_admin(), current_user_can('manage_sites'), current_user_can('manage_network_users')]);
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

    private function linked(string $role): \WP_User
    {
        $user = $this->user('a-visitor', $role);
        Identities::link(self::identity('subject', ApiCall::ISSUER), $user->ID);

        return $user;
    }

    private function draft(): int
    {
        return (int) wp_insert_post(['post_title' => 'a draft', 'post_status' => 'draft', 'post_author' => $this->user('an-author', 'author')->ID]);
    }
}
