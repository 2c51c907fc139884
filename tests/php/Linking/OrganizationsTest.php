<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\Profile;
use LogtoSignIn\Linking\OwnSection;
use LogtoSignIn\Linking\UserSection;
use LogtoSignIn\Protocol;
use LogtoSignIn\Tests\TestCase;

final class OrganizationsTest extends TestCase
{
    public function test_organizations_are_on_the_profile_pages(): void
    {
        [$admin, $user] = [$this->admin(), $this->user()];
        Identities::link(self::identity(), $user->ID);
        Profile::update($user, new Protocol\Profile(organizations: "o1 Acme <b>Inc</b>\no2"));
        $expected = 'Organizations at the last sign-in: Acme &lt;b&gt;Inc&lt;/b&gt;, o2';

        wp_set_current_user($user->ID);
        self::assertStringContainsString($expected, self::printed(static fn() => OwnSection::show($user)));
        wp_set_current_user($admin->ID);
        self::assertStringContainsString($expected, self::printed(static fn() => UserSection::show($user)));

        Profile::update($user, new Protocol\Profile(organizations: ''));
        self::assertStringNotContainsString('Organizations', self::printed(static fn() => UserSection::show($user)));
    }
}
