<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Linking\OwnSection;
use LogtoSignIn\Linking\Connect;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Adding and removing sign-in methods.
 */
final class LinkTest extends TestCase
{
    private static Server $provider;

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    public function test_an_identity_is_linked_to_one_user_only(): void
    {
        [$first, $second] = [$this->user('first'), $this->user('second')];
        self::assertTrue(Identities::link(self::identity(), $first->ID));
        self::assertTrue(Identities::link(self::identity(), $first->ID));
        self::assertFalse(Identities::link(self::identity(), $second->ID));
        self::assertFalse(Identities::link(self::identity('another'), 4_000_000));
        self::assertSame($first->ID, Identities::find_user(self::identity()));
        self::assertNull(Identities::find_user(self::identity('another')));
    }

    public function test_an_unknown_password_is_noted_until_there_is_another(): void
    {
        $user = new \WP_User(NewUser::create(self::create_user())->user_id);
        self::assertFalse(KnownPassword::exists($user));
        self::assertTrue(KnownPassword::exists($this->user()));
        wp_set_password("it's known", $user->ID);
        self::assertTrue(KnownPassword::exists(new \WP_User($user->ID)));
    }

    public function test_one_of_two_is_removed_and_the_last_is_not(): void
    {
        $this->store(['form_login' => false] + self::SETTINGS);
        $user = $this->user();
        Identities::link(self::identity('one'), $user->ID);
        Identities::link(self::identity('two'), $user->ID);
        $ids = array_column(Identities::of_user($user->ID), 'id');
        self::assertCount(2, $ids);
        self::assertSame('proof_missing', self::post($user, ['logto_remove' => $ids[0]]));
        self::assertSame('removed', self::post($user, ['logto_remove' => $ids[0], 'logto_password' => 'right password']));
        self::assertSame('not_removed', self::post($user, ['logto_remove' => $ids[1], 'logto_password' => 'right password']));
        self::assertSame([$ids[1]], array_column(Identities::of_user($user->ID), 'id'));

        $this->store(self::SETTINGS);
        self::assertSame('removed', self::post($user, ['logto_remove' => $ids[1], 'logto_password' => 'right password']));
    }

    public function test_nobody_removes_what_is_of_somebody_else(): void
    {
        $this->store(self::SETTINGS);
        [$user, $other] = [$this->user('first'), $this->user('second')];
        Identities::link(self::identity('one'), $other->ID);
        $id = array_column(Identities::of_user($other->ID), 'id')[0];
        self::assertSame('not_removed', self::post($user, ['logto_remove' => $id, 'logto_password' => 'right password']));
        self::assertCount(1, Identities::of_user($other->ID));
    }

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

    public function test_a_nonce_and_a_post_are_needed(): void
    {
        $user = $this->user();
        $cookie = self::log_in($user);
        $right = ['action' => Link::ACTION, 'logto_add' => 'dingtalk', 'logto_password' => 'right password', '_wpnonce' => wp_create_nonce(Link::ACTION)];
        $other = ['settings' => self::settings(), 'user' => $user->ID, 'cookie' => $cookie];
        $wrong = [
            Program::page('wp-admin/admin-post.php', [], ['post' => ['_wpnonce' => 'x'] + $right] + $other),
            Program::page('wp-admin/admin-post.php', $right, $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => $right, 'user' => 0] + $other),
        ];
        foreach ($wrong as $page) {
            self::assertStringNotContainsString('/oauth2/auth', Program::location($page));
            self::assertSame([], preg_grep('/wordpress_logto_/', $page['headers']));
        }

        $page = Program::page('wp-admin/admin-post.php', [], ['post' => ['logto_password' => 'wrong'] + $right] + $other);
        self::assertStringEndsWith('/wp-admin/profile.php?logto_ways=proof_missing#logto-ways', Program::location($page));
    }

    public function test_the_profile_page_shows_the_ways_and_only_ones_own(): void
    {
        $this->store(self::settings());
        $user = $this->user();
        Identities::link(self::identity('a-long-subject<script>'), $user->ID);
        self::assertSame('', self::section($user));
        wp_set_current_user($user->ID);
        $_GET['logto_ways'] = 'linked<script>';
        $html = self::section($user);
        self::assertStringContainsString('Logto (tests.example)', $html);
        self::assertStringContainsString('<code>a-long-subj…</code>', $html);
        self::assertStringNotContainsString('script', $html);
        foreach (['Connect Logto', 'Connect DingTalk', 'name="logto_remove"', 'type="password"', '<label for="logto-password">'] as $part) {
            self::assertStringContainsString($part, $html);
        }

        preg_match_all('/<button[^>]*>/', $html, $buttons);
        self::assertStringContainsString('disabled', $buttons[0][0], 'Enter must not press a removal');
        ob_start();
        do_action('admin_footer');
        $form = (string) ob_get_clean();
        self::assertStringContainsString('id="logto-ways-form"', $form);
        self::assertSame(count($buttons[0]) + 1, substr_count($html, 'form="logto-ways-form"'));
        self::assertStringContainsString(wp_create_nonce(Link::ACTION), $form);
    }

    public function test_wordpress_prints_the_section_on_the_profile_page(): void
    {
        $user = $this->user();
        $page = Program::page('wp-admin/profile.php', [], ['settings' => self::settings(), 'user' => $user->ID, 'cookie' => self::admin_cookie($user)]);
        self::assertStringContainsString('id="logto-ways"', $page['body']);
        self::assertGreaterThan(strpos($page['body'], 'id="your-profile"'), strpos($page['body'], 'id="logto-ways-form"'));
        $between = substr($page['body'], (int) strpos($page['body'], 'id="your-profile"'), (int) strpos($page['body'], 'id="logto-ways-form"') - (int) strpos($page['body'], 'id="your-profile"'));
        self::assertStringContainsString('</form>', $between, 'no form within a form');
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

    /**
     * @param array<string, string> $post
     */
    private static function post(\WP_User $user, array $post): string
    {
        self::log_in($user);
        $_POST = $post;

        return Link::handle($user);
    }

    private static function section(\WP_User $user): string
    {
        ob_start();
        OwnSection::show($user);

        return (string) ob_get_clean();
    }

    /**
     * @return array<string, mixed>
     */
    private static function settings(): array
    {
        return [
            'dingtalk_client_id' => 'client id',
            'dingtalk_client_secret' => 'a very secret DingTalk secret',
            'dingtalk_origin' => self::$provider->url,
            'endpoint' => self::$provider->url,
        ] + self::SETTINGS;
    }
}
