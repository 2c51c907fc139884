<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\KnownPassword;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Linking\OwnSection;
use LogtoSignIn\Linking\Connect;
use LogtoSignIn\Tests\Program;

/**
 * Adding and removing sign-in methods.
 */
final class LinkTest extends LinkTestCase
{
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
}
