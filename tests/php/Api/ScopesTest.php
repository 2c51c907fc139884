<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Api;

use LogtoSignIn\Api\Bearer;

/**
 * What the scopes of an access token allow: no more than its user may do.
 */
final class ScopesTest extends BearerTestCase
{
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

    private function draft(): int
    {
        return (int) wp_insert_post(['post_title' => 'a draft', 'post_status' => 'draft', 'post_author' => $this->user('an-author', 'author')->ID]);
    }
}
