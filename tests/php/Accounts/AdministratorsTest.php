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

    /**
     * Fault S5: only `edit_users` and `manage_options` were asked for, so an email address selected accounts that install
     * plugins or edit files.
     *
     * @dataProvider capabilities
     */
    public function test_fault_s5_every_capability_beyond_a_subscribers_is_power(string $capability): void
    {
        $user = $this->user();
        self::assertFalse(Administrators::is_privileged($user));

        $user->add_cap($capability);

        self::assertTrue(Administrators::is_privileged(new \WP_User($user->ID)));
    }

    /**
     * @return array<string, array{string}>
     */
    public static function capabilities(): array
    {
        $names = ['promote_users', 'install_plugins', 'edit_plugins', 'edit_files', 'create_users', 'unfiltered_html', 'upload_files', 'edit_posts', 'manage_options', 'of_another_plugin'];

        return array_combine($names, array_map(static fn(string $name): array => [$name], $names));
    }

    public function test_fault_s5_every_role_beyond_a_subscribers_is_power(): void
    {
        add_role('clerk', 'Clerk', ['read' => true, 'level_0' => true, 'edit_posts' => false]);
        foreach (['subscriber' => false, 'clerk' => false, 'contributor' => true, 'author' => true, 'editor' => true, 'administrator' => true] as $role => $is_privileged) {
            self::assertSame($is_privileged, Administrators::is_privileged($this->user('a-' . $role, $role)), $role);
        }

        self::assertTrue(Administrators::is_privileged($this->admin()));
        self::assertFalse(Administrators::is_privileged($this->user('nobody', '')));
    }

    public function test_fault_s5_a_capability_that_a_plugin_gives_when_asked_is_power(): void
    {
        $user = $this->user();
        add_filter('user_has_cap', static fn(array $all, array $asked): array => in_array('edit_theme_options', $asked, true) ? ['edit_theme_options' => true] + $all : $all, 10, 2);

        self::assertTrue(Administrators::is_privileged($user));
    }

    public function test_a_site_says_which_capabilities_are_harmless(): void
    {
        $user = $this->user();
        $user->add_cap('spectate');
        self::assertTrue(Administrators::is_privileged(new \WP_User($user->ID)));

        add_filter('logto_sign_in_harmless_capabilities', static fn(array $harmless): array => [...$harmless, 'spectate']);

        self::assertFalse(Administrators::is_privileged(new \WP_User($user->ID)));
        self::assertTrue(Administrators::is_privileged($this->user('writer', 'contributor')));
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
        add_user_to_blog(3, $other->ID, 'subscriber');
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
