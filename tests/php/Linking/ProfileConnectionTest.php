<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Linking\Connect;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;

/**
 * Connecting an identity on the profile page: nothing is stored before the owner has seen whose it is.
 */
final class ProfileConnectionTest extends LinkTestCase
{
    /**
     * Fault S7: linking stored whatever identity the browser's session at the provider had, without a question.
     */
    public function test_fault_s7_dingtalk_is_added_after_the_owner_has_seen_whose_it_is(): void
    {
        $user = $this->user();
        $page = $this->add($user, ['authCode' => 'the code'], $user->ID);
        self::assertSame('http://127.0.0.1/wp-login.php?action=logto_connect', Program::location($page), $page['body']);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']), 'the session stays as it is');
        self::assertSame([], Identities::of_user($user->ID), 'nothing is stored yet');

        $asked = $this->connect($page, $user->ID);
        foreach (['You signed in with DingTalk as <strong>李四</strong>.', '<strong>a-visitor</strong>', 'value="connect"', 'value="cancel"'] as $part) {
            self::assertStringContainsString($part, $asked['body']);
        }

        self::assertStringContainsString('no-store', implode('', preg_grep('/^cache-control:/i', $asked['headers']) ?: []));
        self::assertSame([], Identities::of_user($user->ID), 'opening the page stores nothing');

        $done = $this->connect($page, $user->ID, ['logto_choice' => 'connect']);
        self::assertSame('http://127.0.0.1/wp-admin/profile.php?logto_ways=linked#logto-ways', Program::location($done), $done['body']);
        self::assertNotSame([], preg_grep('/^set-cookie: wordpress_logto_connect=(deleted)?;/i', $done['headers']));
        $rows = Identities::of_user($user->ID);
        self::assertSame([['https://login.dingtalk.com', 'union']], array_map(static fn($row) => [$row['issuer'], $row['subject']], $rows));
    }

    public function test_a_connection_needs_a_post_with_the_nonce_of_this_browser(): void
    {
        $user = $this->user();
        $page = $this->add($user, ['authCode' => 'the code'], $user->ID);
        $right = ['logto_choice' => 'connect'];
        foreach ([['_wpnonce' => 'x'] + $right, ['_wpnonce' => wp_create_nonce('logto_sign_in_connect_' . hash('sha256', ''))] + $right, ['logto_choice' => 'everything']] as $post) {
            $refused = $this->connect($page, $user->ID, $post);
            self::assertSame(400, $refused['status']);
            self::assertStringContainsString('<code>connect_expired</code>', $refused['body']);
        }

        self::assertSame([], Identities::of_user($user->ID));
    }

    public function test_a_canceled_connection_leads_back_to_the_profile_page(): void
    {
        $user = $this->user();
        $page = $this->add($user, ['authCode' => 'the code'], $user->ID);

        $left = $this->connect($page, $user->ID, ['logto_choice' => 'cancel']);

        self::assertSame('http://127.0.0.1/wp-admin/profile.php#logto-ways', Program::location($left), $left['body']);
        self::assertSame([], Identities::of_user($user->ID));
        $gone = Program::page('wp-login.php', ['action' => 'logto_connect'], ['user' => $user->ID]);
        self::assertStringContainsString('<code>connect_expired</code>', $gone['body']);
        self::assertStringContainsString('profile.php#logto-ways">Try again<', $gone['body']);
    }

    public function test_whoever_else_is_signed_in_gets_nothing(): void
    {
        // CVE-2015-9284 and its like: a way in, added to the account of somebody who was sent to the callback.
        [$user, $victim] = [$this->user('attacker'), $this->user('victim')];
        foreach ([$victim->ID, 0] as $signed_in) {
            $page = $this->add($user, ['authCode' => 'the code'], $signed_in);
            self::assertSame(403, $page['status']);
            self::assertStringContainsString('<code>link_user_changed</code>', $page['body']);
        }

        $page = $this->add($user, ['authCode' => 'the code'], $user->ID);
        foreach ([$victim->ID, 0] as $signed_in) {
            foreach ([[], ['logto_choice' => 'connect']] as $post) {
                $refused = $this->connect($page, $signed_in, $post);
                self::assertSame(403, $refused['status'], $refused['body']);
                self::assertStringContainsString('<code>link_user_changed</code>', $refused['body']);
            }
        }

        self::assertSame([], Identities::of_user($user->ID));
        self::assertSame([], Identities::of_user($victim->ID));
    }

    public function test_another_try_begins_on_the_profile_page(): void
    {
        $user = $this->user();
        $page = $this->add($user, ['error' => 'access_denied'], $user->ID);
        self::assertMatchesRegularExpression('~profile\.php\#logto-ways">Try again<~', $page['body']);
    }

    public function test_an_identity_of_another_user_is_refused(): void
    {
        [$user, $other] = [$this->user('first'), $this->user('second')];
        Identities::link(DingtalkVisit::identity(), $other->ID);
        $page = $this->add($user, ['authCode' => 'the code'], $user->ID);
        self::assertStringContainsString('<code>identity_taken</code>', $page['body']);
        self::assertCount(1, Identities::of_user($other->ID));
    }

    /**
     * Begins to add DingTalk as `$user`, and comes back while `$signed_in` is signed in.
     *
     * @param array<string, string> $answer
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function add(\WP_User $user, array $answer, int $signed_in): array
    {
        $session = self::log_in($user);
        $post = ['action' => Link::ACTION, 'logto_add' => 'dingtalk', 'logto_password' => 'right password', '_wpnonce' => wp_create_nonce(Link::ACTION)];
        $start = Program::page('wp-admin/admin-post.php', [], ['post' => $post, 'settings' => self::settings(), 'user' => $user->ID, 'cookie' => $session]);
        self::assertStringStartsWith(self::$provider->url . '/oauth2/auth?', Program::location($start), $start['body']);
        parse_str((string) parse_url(Program::location($start), PHP_URL_QUERY), $query);
        preg_match('/^set-cookie: (wordpress_logto_[^=]+)=([^;]+)/im', implode("\n", $start['headers']), $cookie);
        $other = ['settings' => self::settings(), 'user' => $signed_in, 'cookie' => [$cookie[1] => rawurldecode($cookie[2])]];
        $page = Program::page('wp-login.php', ['action' => 'logto_callback_dingtalk', 'state' => $query['state']] + $answer, $other);
        wp_cache_flush();

        return $page;
    }

    /**
     * Opens the page of the connection that a callback began, or posts its form, while `$signed_in` is signed in.
     *
     * @param array{headers: list<string>} $callback
     * @param array<string, string> $post
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function connect(array $callback, int $signed_in, array $post = []): array
    {
        preg_match('/^set-cookie: (wordpress_logto_connect)=([^;]+)/im', implode("\n", $callback['headers']), $cookie);
        $_COOKIE[$cookie[1]] = rawurldecode($cookie[2]);
        unset($_COOKIE[LOGGED_IN_COOKIE]);
        wp_set_current_user($signed_in);
        $post += $post === [] ? [] : ['_wpnonce' => wp_create_nonce(Connect::nonce_action())];
        $other = ['settings' => self::settings(), 'user' => $signed_in, 'cookie' => [$cookie[1] => $_COOKIE[$cookie[1]]], 'post' => $post];
        $page = Program::page('wp-login.php', ['action' => 'logto_connect'], $other);
        wp_cache_flush();

        return $page;
    }
}
