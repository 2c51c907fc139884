<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Privacy;

use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Personal data: what the guide says, what is exported, what is erased.
 */
final class PolicyTest extends TestCase
{
    public function test_the_guide_has_a_text_of_the_plugin(): void
    {
        $boss = $this->admin();
        foreach ([true, false] as $avatar) {
            $settings = ['avatar' => $avatar] + self::SETTINGS;
            $page = Program::page('wp-admin/privacy-policy-guide.php', [], ['settings' => $settings, 'user' => $boss->ID, 'cookie' => self::admin_cookie($boss)]);
            self::assertStringContainsString('name begins with “wordpress_logto”', $page['body']);
            self::assertSame($avatar, str_contains($page['body'], 'learns the IP address'));
        }
    }

    public function test_nobody_has_no_data(): void
    {
        self::assertSame([], \LogtoSignIn\Privacy\Exporter::export('nobody@example.org')['data']);
        self::assertSame([], \LogtoSignIn\Privacy\Exporter::export('')['data']);
    }

    public function test_erasing_ends_the_reminder_and_keeps_what_guards_the_account(): void
    {
        $user = $this->user();
        foreach (['phone', 'picture', 'no_email_reminder', 'unknown_password'] as $name) {
            update_user_meta($user->ID, 'logto_sign_in_' . $name, '1');
        }

        $erased = \LogtoSignIn\Privacy\Exporter::erase($user->user_email);
        self::assertSame([true, false, []], [$erased['items_removed'], $erased['items_retained'], $erased['messages']]);
        $left = array_filter(array_keys((array) get_user_meta($user->ID)), static fn(string $key) => str_starts_with($key, 'logto_sign_in_'));
        self::assertSame(['logto_sign_in_unknown_password'], array_values($left));
    }
}
