<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Linking\UserSection;

/**
 * The examples of hooks about what pages show, and the example for themes.
 */
final class PageHookExamplesTest extends HookExamplesTestCase
{
    public function test_example_of_user_section(): void
    {
        $user = $this->user();
        wp_set_current_user($this->admin()->ID);
        $this->run_example('logto_sign_in_user_section');
        $section = static fn(): string => self::printed(static fn() => UserSection::show($user));

        self::assertStringContainsString('<p>Created in WordPress.</p>', $section());

        update_user_meta($user->ID, 'account_origin', 'tests.example');
        self::assertStringContainsString('<p>Created by a sign-in at tests.example.</p>', $section());
    }

    public function test_example_of_button(): void
    {
        $this->run_example('logto_sign_in_button');

        self::assertStringContainsString('<a class="has-dingtalk-logo logto-button ', logto_sign_in_button(['connector' => 'social:dingtalk']));
        self::assertStringContainsString('<a class="logto-button ', logto_sign_in_button());
    }

    public function test_the_example_for_themes_prints_a_button(): void
    {
        [$template] = Guide::examples('Buttons: functions, block, shortcode');
        $file = $this->file($template);

        $html = self::printed(static fn() => require $file);

        self::assertStringContainsString('<nav class="account"><a class="logto-button ', $html);
        self::assertStringContainsString('direct_sign_in=social:dingtalk', $html);
    }
}
