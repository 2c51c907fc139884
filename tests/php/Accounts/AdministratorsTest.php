<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Administrators;
use LogtoSignIn\Tests\TestCase;

/**
 * Whose account is too powerful to be linked by an e-mail address.
 */
final class AdministratorsTest extends TestCase
{
    protected function tearDown(): void
    {
        remove_role('clerk');
        parent::tearDown();
    }

    public function test_whoever_manages_users_or_settings_is_powerful(): void
    {
        add_role('clerk', 'Clerk', ['read' => true, 'manage_options' => true]);
        foreach (['subscriber' => false, 'editor' => false, 'administrator' => true, 'clerk' => true] as $role => $may) {
            self::assertSame($may, Administrators::is_privileged($this->user('a-' . $role, $role)), $role);
        }

        self::assertTrue(Administrators::is_privileged($this->admin()));
    }

    public function test_a_single_capability_without_a_role_counts(): void
    {
        $user = $this->user();
        $user->add_cap('manage_options');
        self::assertTrue(Administrators::is_privileged(new \WP_User($user->ID)));
    }

    public function test_the_filter_has_its_say_and_nonsense_is_yes(): void
    {
        [$reader, $boss] = [$this->user(), $this->user('boss', 'administrator')];
        $answer = true;
        add_filter('logto_sign_in_is_privileged', static function () use (&$answer): mixed {
            return $answer;
        });
        self::assertTrue(Administrators::is_privileged($reader));
        $answer = null;
        self::assertTrue(Administrators::is_privileged($reader));
        $answer = false;
        self::assertFalse(Administrators::is_privileged($boss));
    }

    /**
     * @group network
     */
    public function test_power_on_another_site_of_the_network_counts(): void
    {
        [$user, $other] = [$this->user(), $this->user('writer')];
        add_user_to_blog(3, $user->ID, 'administrator');
        add_user_to_blog(3, $other->ID, 'editor');
        self::assertFalse(user_can($user->ID, 'manage_options'), 'here they are nobody');
        self::assertTrue(Administrators::is_privileged(new \WP_User($user->ID)));
        self::assertFalse(Administrators::is_privileged(new \WP_User($other->ID)));
        self::assertSame([1, false], [get_current_blog_id(), ms_is_switched()]);
    }

    /**
     * @group network
     */
    public function test_a_super_admin_without_any_site_is_powerful(): void
    {
        $user = $this->user();
        remove_user_from_blog($user->ID, get_current_blog_id());
        grant_super_admin($user->ID);
        self::assertTrue(Administrators::is_privileged(new \WP_User($user->ID)));
    }
}
