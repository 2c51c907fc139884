<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\UserSection;
use LogtoSignIn\Tests\Program;

/**
 * The section about ways to sign in on the page of another user.
 */
final class UserSectionTest extends AdminLinkTestCase
{
    public function test_the_page_of_a_user_shows_the_ways_and_what_the_last_one_means(): void
    {
        $this->store(self::SETTINGS);
        $user = $this->user();
        Identities::link(self::identity("sub\xFF<script>"), $user->ID);
        $html = static fn(\WP_User $user): string => self::printed(static fn() => UserSection::show($user));
        self::assertSame('', $html($user), 'to nobody else');
        wp_set_current_user($this->admin()->ID);
        $_GET['logto_ways'] = 'moved<script>';
        $section = $html($user);
        self::assertStringNotContainsString('<script', $section);
        foreach (['Logto (tests.example)', 'name="logto_move"', 'name="logto_unlink"', 'name="logto_target"', 'name="logto_confirmed" value="1" required', 'type="password"'] as $part) {
            self::assertStringContainsString($part, $section);
        }

        self::assertStringNotContainsString('No one knows', $section);
        preg_match_all('/<button[^>]*>/', $section, $buttons);
        self::assertStringContainsString('disabled', $buttons[0][0], 'Enter must not press a removal');
        $form = self::printed(static fn() => do_action('admin_footer'));
        self::assertStringContainsString(wp_create_nonce(AdminLink::ACTION . $user->ID), $form);

        $stranger = new \WP_User(NewUser::create(self::create_user(['email' => 'user-1@logto.invalid']))->user_id);
        self::assertStringContainsString('no email address to receive a new one', $html($stranger));
        wp_update_user(['ID' => $stranger->ID, 'user_email' => 'real@example.org']);
        self::assertStringContainsString('request a new password by email', $html(new \WP_User($stranger->ID)));
        self::assertStringNotContainsString('pending approval', $html($user));
        update_user_meta($user->ID, 'logto_sign_in_pending', '1');
        self::assertStringContainsString("logto_do=logto_approve&#038;logto_users={$user->ID}\">Approve<", $html($user));
        $this->store(['form_login' => false] + self::SETTINGS);
        self::assertStringContainsString('turned off on this site', $html($user));
    }

    public function test_wordpress_prints_the_section_with_the_form_outside_of_its_own(): void
    {
        [$user] = $this->two_users();
        $admin = $this->admin();
        $other = ['settings' => self::SETTINGS, 'user' => $admin->ID, 'cookie' => self::admin_cookie($admin)];
        $page = Program::page('wp-admin/user-edit.php', ['user_id' => (string) $user->ID], $other);
        $profile = strpos($page['body'], 'id="your-profile"');
        $ours = strpos($page['body'], 'id="logto-user-ways-form"');
        self::assertIsInt($profile, $page['body']);
        self::assertIsInt($ours);
        self::assertStringContainsString('</form>', substr($page['body'], $profile, $ours - $profile), 'no form within a form');
        self::assertStringContainsString('name="logto_move"', $page['body']);
    }
}
