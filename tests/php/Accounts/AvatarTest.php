<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Tests\TestCase;

/**
 * Pictures from the provider.
 */
final class AvatarTest extends TestCase
{
    private const PICTURE = 'https://static.example/a.png?x="1&y=2';

    protected function setUp(): void
    {
        parent::setUp();
        add_filter('pre_option_show_avatars', static fn() => '1');
        $this->store(['avatar' => true] + self::SETTINGS);
    }

    public function test_a_user_is_shown_with_the_picture_and_without_http(): void
    {
        $asked = 0;
        add_filter('pre_http_request', static function () use (&$asked): array {
            ++$asked;

            return [];
        });
        $user = $this->pictured(self::PICTURE);
        $comment = new \WP_Comment((object) ['comment_ID' => '1', 'user_id' => (string) $user->ID, 'comment_type' => 'comment']);
        foreach ([$user->ID, (string) $user->ID, $user, new \WP_Post((object) ['post_author' => (string) $user->ID]), $comment] as $whose) {
            $html = (string) get_avatar($whose, 48);
            self::assertMatchesRegularExpression("~src='https://static\\.example/a\\.png\\?x=1&#038;y=2'~", $html);
            self::assertStringContainsString('referrerpolicy="no-referrer"', $html);
            self::assertStringContainsString("height='48' width='48'", $html);
            self::assertStringNotContainsString('"1', $html);
        }

        self::assertTrue(get_avatar_data($user->ID)['found_avatar']);
        self::assertSame(0, $asked);
    }

    /**
     * @dataProvider others
     */
    public function test_only_https_is_shown(string $picture): void
    {
        self::assertStringContainsString('gravatar.com', (string) get_avatar_url($this->pictured($picture)->ID));
    }

    /**
     * @return list<array{string}>
     */
    public function others(): array
    {
        return [[''], ['http://static.example/a.png'], ['javascript:alert(1)'], ['data:image/png;base64,AA'], ['//static.example/a.png'], ['/a.png'], ["\u{a0}https://static.example/a.png"]];
    }

    public function test_it_is_off_unless_the_admin_wants_it(): void
    {
        $user = $this->pictured(self::PICTURE);
        foreach ([self::SETTINGS, ['avatar' => false] + self::SETTINGS, ['avatar' => 'off'] + self::SETTINGS] as $settings) {
            $this->store($settings);
            self::assertStringContainsString('gravatar.com', (string) get_avatar_url($user->ID));
        }
    }

    public function test_an_email_address_borrows_no_picture(): void
    {
        // Anybody types any address into a comment.
        $user = $this->pictured(self::PICTURE);
        $guest = new \WP_Comment((object) ['comment_ID' => '1', 'user_id' => '0', 'comment_author_email' => $user->user_email, 'comment_type' => 'comment']);
        foreach ([$user->user_email, $guest, null, 0, 4_000_000] as $whose) {
            self::assertStringNotContainsString('static.example', (string) get_avatar_url($whose));
        }
    }

    public function test_other_plugins_and_the_default_have_precedence(): void
    {
        $user = $this->pictured(self::PICTURE);
        self::assertStringNotContainsString('static.example', (string) get_avatar_url($user->ID, ['force_default' => true]));
        add_filter('pre_get_avatar_data', static fn(array $arguments) => ['url' => 'https://local.example/b.png'] + $arguments, 9);
        self::assertSame('https://local.example/b.png', get_avatar_url($user->ID));
    }

    private function pictured(string $picture): \WP_User
    {
        $user = $this->user();
        update_user_meta($user->ID, 'logto_sign_in_picture', wp_slash($picture));

        return $user;
    }
}
