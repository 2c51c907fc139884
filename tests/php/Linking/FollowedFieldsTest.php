<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\Profile;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Protocol;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class FollowedFieldsTest extends TestCase
{
    private \WP_User $user;

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        $this->user = $this->user();
        Identities::link(self::identity(), $this->user->ID);
        Profile::update($this->user, new Protocol\Profile(display_name: 'Ann', email: 'ann@example.org', url: 'https://ann.example'));
    }

    /**
     * Before, users changed their name on the profile page, and the next sign-in undid it without a word.
     */
    public function test_the_profile_page_locks_what_the_next_sign_in_writes(): void
    {
        $body = $this->page();

        self::assertStringContainsString('at each sign-in: Display name, Email address. Change them there.', $body);
        self::assertStringContainsString('for (const id of ["display_name","email"])', $body);
    }

    public function test_what_the_settings_or_the_provider_leave_alone_stays_open(): void
    {
        $this->store(['sync_email' => 'first'] + self::SETTINGS);
        self::assertSame(['display_name'], Profile::followed($this->user->ID));

        $this->store(self::SETTINGS);
        update_user_meta($this->user->ID, UserMeta::EMAIL_KEPT, 'taken@example.org');
        self::assertSame(['display_name'], Profile::followed($this->user->ID), 'the user has to choose another address');
        self::assertSame([], Profile::followed($this->user('other')->ID));

        \LogtoSignIn\Accounts\Removal::all($this->user->ID);
        self::assertStringNotContainsString('logto-followed', $this->page());
    }

    private function page(): string
    {
        return Program::page('wp-admin/profile.php', [], ['user' => $this->user->ID, 'settings' => self::SETTINGS, 'cookie' => self::admin_cookie($this->user)])['body'];
    }
}
