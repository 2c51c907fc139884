<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\EmailReminder;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Users with a placeholder address are asked for a real one.
 */
final class EmailReminderTest extends TestCase
{
    public function test_whoever_has_a_placeholder_is_asked_on_the_profile_page_and_the_dashboard(): void
    {
        $user = $this->stranger();
        foreach (['wp-admin/profile.php', 'wp-admin/index.php'] as $name) {
            $page = $this->page($name, $user);
            self::assertStringContainsString('Add an email address so this site can contact you', $page['body']);
            self::assertStringContainsString('wp-admin/profile.php#email', $page['body']);
        }

        self::assertStringNotContainsString('this site can contact you', $this->page('wp-admin/profile.php', $this->user('reachable'))['body']);
    }

    public function test_a_real_address_ends_it(): void
    {
        $user = $this->stranger();
        wp_update_user(['ID' => $user->ID, 'user_email' => 'real@example.org']);
        self::assertStringNotContainsString('this site can contact you', $this->page('wp-admin/profile.php', $user)['body']);
    }

    public function test_whoever_does_not_want_to_hear_of_it_is_left_alone(): void
    {
        $user = $this->stranger();
        wp_set_current_user($user->ID);
        $post = ['action' => EmailReminder::ACTION, '_wpnonce' => wp_create_nonce(EmailReminder::ACTION)];
        $wrong = [
            Program::page('wp-admin/admin-post.php', $post, ['user' => $user->ID]),
            Program::page('wp-admin/admin-post.php', [], ['user' => $user->ID, 'post' => ['_wpnonce' => 'x'] + $post]),
            Program::page('wp-admin/admin-post.php', [], ['user' => 0, 'post' => $post]),
        ];
        wp_cache_flush();
        self::assertSame(['', '', ''], array_map([Program::class, 'location'], $wrong));
        self::assertSame([], get_user_meta($user->ID, 'logto_sign_in_no_email_reminder'));

        $page = Program::page('wp-admin/admin-post.php', [], ['user' => $user->ID, 'post' => $post]);
        self::assertSame('http://127.0.0.1/wp-admin/profile.php', Program::location($page), $page['body']);
        self::assertStringNotContainsString('this site can contact you', $this->page('wp-admin/profile.php', $user)['body']);
    }

    private function stranger(): \WP_User
    {
        $user = $this->user('stranger');
        add_filter('send_email_change_email', '__return_false');
        wp_update_user(['ID' => $user->ID, 'user_email' => 'user-1@logto.invalid']);

        return new \WP_User($user->ID);
    }

    /**
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function page(string $page, \WP_User $user): array
    {
        return Program::page($page, [], ['settings' => self::SETTINGS, 'user' => $user->ID, 'cookie' => self::admin_cookie($user)]);
    }
}
