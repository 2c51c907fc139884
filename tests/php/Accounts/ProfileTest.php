<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Profile;
use LogtoSignIn\Protocol;
use LogtoSignIn\Tests\TestCase;

final class ProfileTest extends TestCase
{
    public function test_only_named_fields_change(): void
    {
        // wp_insert_user() as an update wipes the profile.
        $user = $this->user('named');
        wp_update_user(['ID' => $user->ID, 'first_name' => 'Ann', 'description' => "O'Bio \\ back", 'user_url' => 'https://ann.example', 'locale' => 'zh_CN']);
        $before = get_userdata($user->ID);
        $changes = 0;
        add_action('profile_update', static function () use (&$changes): void {
            ++$changes;
        });
        Profile::update(new \WP_User($user->ID), new Protocol\Profile(display_name: "O'Neil \\ 李四", last_name: null));
        clean_user_cache($user->ID);
        $after = get_userdata($user->ID);

        self::assertSame("O'Neil \\ 李四", $after->display_name);
        foreach (['user_login', 'user_nicename', 'user_email', 'user_pass', 'user_registered', 'user_url', 'first_name', 'last_name', 'nickname', 'description', 'locale', 'roles'] as $field) {
            self::assertSame($before->$field, $after->$field, $field);
        }

        Profile::update($after, new Protocol\Profile(display_name: "O'Neil \\ 李四"));
        self::assertSame(1, $changes, 'what is the same already is not written');
    }

    /**
     * Fault C13: names that WordPress stores in another form fired `profile_update` at each sign-in, and a change of letter
     * case in an address was mailed to its owner.
     */
    public function test_fault_c13_what_wordpress_would_store_again_is_no_change(): void
    {
        $user = $this->user('same');
        $told = new Protocol\Profile(
            display_name: 'Tom  & Jerry %20 ‹x› <b>bold</b>',
            first_name: ' Tom & ',
            nickname: 'T&J',
            email: 'SAME@Example.org',
            url: 'https://example.org/?a=1&b=2',
        );
        Profile::update($user, $told);
        $seen = [];
        add_action('profile_update', static function (int $user_id) use (&$seen): void {
            $seen[] = $user_id;
        });
        add_filter('send_email_change_email', static function (bool $_) use (&$seen): bool {
            $seen[] = 'mail';

            return false;
        });

        Profile::update(get_userdata($user->ID), $told);

        self::assertSame([], $seen);
        self::assertSame(['Tom &amp; Jerry ‹x› bold', 'same@example.org'], [get_userdata($user->ID)->display_name, get_userdata($user->ID)->user_email]);
        Profile::update(get_userdata($user->ID), new Protocol\Profile(display_name: 'Tom'));
        self::assertSame([$user->ID], $seen);
    }

    /**
     * Fault C14: a name that WordPress empties took the user's name away.
     */
    public function test_fault_c14_a_name_of_markup_alone_takes_no_name_away(): void
    {
        $user = $this->user('marked');
        wp_update_user(['ID' => $user->ID, 'display_name' => 'Ann', 'first_name' => 'Ann']);
        Profile::update(get_userdata($user->ID), new Protocol\Profile(display_name: '<script>', first_name: '<b></b>'));
        self::assertSame(['Ann', 'Ann'], [get_userdata($user->ID)->display_name, get_userdata($user->ID)->first_name]);
    }

    /**
     * Fault C10: of a profile with an emoji, a database without utf8mb4 stored nothing.
     */
    public function test_fault_c10_what_a_column_cannot_hold_is_left_out(): void
    {
        add_filter('pre_get_col_charset', static fn(): string => 'utf8');
        $user = $this->user('emoji');
        Profile::update($user, new Protocol\Profile(display_name: '李四 😀', first_name: '😀 四', last_name: '😀', phone: '+123456789'));
        clean_user_cache($user->ID);
        $after = get_userdata($user->ID);
        self::assertSame(['李四', '四', '', '+123456789'], [$after->display_name, $after->first_name, $after->last_name, get_user_meta($user->ID, 'logto_sign_in_phone', true)]);
    }

    public function test_phone_and_picture_are_user_meta(): void
    {
        $user = $this->user('reachable');
        Profile::update($user, new Protocol\Profile(phone: '+8613800000002', picture: "https://static.example/a.png?x='1"));
        Profile::update($user, new Protocol\Profile(phone: null));
        self::assertSame('+8613800000002', get_user_meta($user->ID, 'logto_sign_in_phone', true));
        self::assertSame("https://static.example/a.png?x='1", get_user_meta($user->ID, 'logto_sign_in_picture', true));

        $export = (string) json_encode(\LogtoSignIn\Privacy\Exporter::export($user->user_email), JSON_UNESCAPED_SLASHES);
        self::assertStringContainsString('+8613800000002', $export);
        self::assertStringContainsString('static.example', $export);
        self::assertTrue(\LogtoSignIn\Privacy\Exporter::erase($user->user_email)['items_removed']);
        self::assertSame('', get_user_meta($user->ID, 'logto_sign_in_phone', true));
        self::assertSame([], \LogtoSignIn\Privacy\Exporter::export($user->user_email)['data']);
    }

    public function test_a_language_is_taken_only_if_the_site_has_it(): void
    {
        self::assertContains('zh_CN', get_available_languages());
        $user = $this->user('traveller');
        $locale = static fn(string $told): string => self::updated($user->ID, ['locale' => $told])->locale;
        self::assertSame(['zh_CN', 'zh_CN', 'zh_CN'], [$locale('zh_CN'), $locale('xx_XX'), $locale('../zh_CN')]);
        self::assertSame('en_US', $locale('en_US'));
        self::assertSame('zh_CN', get_user_locale(self::updated($user->ID, ['locale' => 'zh_CN'])));
    }

    public function test_a_website_is_written_and_kept(): void
    {
        $user = $this->user('linked');
        self::assertSame('https://example.org/~me?x=1', self::updated($user->ID, ['url' => 'https://example.org/~me?x=1'])->user_url);
        self::assertSame('https://example.org/~me?x=1', self::updated($user->ID, ['url' => null, 'nickname' => 'N'])->user_url);
        self::assertSame('https://example.org/~me?x=1', self::updated($user->ID, ['url' => 'javascript:alert(1)'])->user_url, 'WordPress takes no such address, so the former one stays');
    }

    public function test_an_email_that_somebody_has_is_kept(): void
    {
        // What is stored is looked at before it changes, not after.
        $this->user('first');
        $second = $this->user('second');
        Profile::update($second, new Protocol\Profile(email: 'first@example.org', display_name: 'Second'));
        $after = get_userdata($second->ID);
        self::assertSame(['second@example.org', 'Second'], [$after->user_email, $after->display_name]);

        wp_set_current_user($second->ID);
        self::assertStringContainsString('first@example.org', self::printed([\LogtoSignIn\Admin\EmailReminder::class, 'show_kept']));
        Profile::update($after, new Protocol\Profile(email: 'third@example.org'));
        self::assertSame(['third@example.org', ''], [get_userdata($second->ID)->user_email, get_user_meta($second->ID, 'logto_sign_in_email_kept', true)]);
    }

    public function test_a_new_email_is_taken_over_without_mail_to_a_placeholder(): void
    {
        $sent = [];
        add_filter('pre_wp_mail', static function ($done, array $mail) use (&$sent) {
            if ($done === null) {
                $sent[] = $mail['to'];
            }

            return true;
        }, 999, 2);
        $user = $this->user('placeholder');
        Profile::update($user, new Protocol\Profile(email: 'user-1@logto.invalid'));
        $sent = [];
        Profile::update(new \WP_User($user->ID), new Protocol\Profile(email: 'real@example.org'));
        self::assertSame('real@example.org', get_userdata($user->ID)->user_email);
        self::assertSame([], $sent);
    }

    /**
     * @param array<string, mixed> $profile
     */
    private static function updated(int $user_id, array $profile): \WP_User
    {
        Profile::update(new \WP_User($user_id), new Protocol\Profile(...$profile));
        clean_user_cache($user_id);

        return new \WP_User($user_id);
    }
}
