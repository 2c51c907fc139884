<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Tests\TestCase;

final class GrantedTest extends TestCase
{
    public function test_what_was_given_is_remembered_until_nothing_is_left(): void
    {
        $user = $this->user();
        self::assertSame([[], []], [Granted::roles($user->ID), Granted::sites($user->ID)]);
        Granted::keep_roles($user->ID, ['editor', 'author']);
        Granted::keep_sites($user->ID, [2, 3]);
        self::assertSame([['editor', 'author'], [2, 3]], [Granted::roles($user->ID), Granted::sites($user->ID)]);
        Granted::keep_roles($user->ID, []);
        Granted::keep_sites($user->ID, []);
        self::assertSame([[], []], [get_user_meta($user->ID, 'logto_sign_in_granted_roles'), get_user_meta($user->ID, 'logto_sign_in_granted_sites')]);
    }

    public function test_every_site_remembers_its_own(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, 'logto_sign_in_granted_roles', [4_000 => ['editor']]);
        self::assertSame([], Granted::roles($user->ID));
        Granted::keep_roles($user->ID, ['author']);
        self::assertSame([4_000 => ['editor'], get_current_blog_id() => ['author']], get_user_meta($user->ID, 'logto_sign_in_granted_roles', true));
        Granted::keep_roles($user->ID, []);
        self::assertSame([4_000 => ['editor']], get_user_meta($user->ID, 'logto_sign_in_granted_roles', true));
    }

    public function test_meta_of_another_shape_gave_nothing(): void
    {
        // A wrong type switched the sign-in off.
        $user = $this->user();
        foreach (['text', '1', [[1]], [get_current_blog_id() => 'editor'], new \stdClass()] as $junk) {
            update_user_meta($user->ID, 'logto_sign_in_granted_roles', $junk);
            update_user_meta($user->ID, 'logto_sign_in_granted_sites', $junk);
            self::assertSame([[], []], [Granted::roles($user->ID), Granted::sites($user->ID)]);
        }
    }
}
