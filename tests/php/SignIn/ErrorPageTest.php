<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class ErrorPageTest extends TestCase
{
    public function test_a_visitor_reads_what_happened_and_what_to_do_next(): void
    {
        $page = self::callback_without_state();

        self::assertSame(400, $page['status']);
        self::assertStringContainsString(esc_html(Catalog::of('state_missing')->message), $page['body']);
        self::assertStringContainsString(esc_html(Catalog::next_step(true)), $page['body']);
        self::assertStringContainsString('<code>state_missing</code>', $page['body']);
        self::assertStringNotContainsString(Catalog::HELP_PAGE, $page['body']);
    }

    public function test_an_admin_gets_a_link_to_the_row_of_the_code_in_the_help(): void
    {
        $page = self::callback_without_state(['user' => $this->user('boss', 'administrator')->ID]);

        $url = 'admin.php?page=' . Catalog::HELP_PAGE . '&#038;tab=codes#' . Catalog::of('state_missing')->anchor();
        self::assertStringContainsString($url . '"><code>state_missing</code></a>', $page['body']);
    }

    /**
     * WordPress's style sheet takes margins and padding from all elements. When it came after the plugin's, the text of a
     * refusal touched its frame, and the buttons touched the text.
     */
    public function test_the_look_comes_after_wordpress_s_own(): void
    {
        $page = self::callback_without_state();

        $sheets = array_map(static fn(string $sheet): int|false => strpos($page['body'], $sheet), ['/wp-admin/css/login', 'assets/login.css']);
        self::assertNotContains(false, $sheets);
        self::assertLessThan($sheets[1], $sheets[0]);
    }

    public function test_a_change_of_mind_is_no_failure(): void
    {
        $page = Program::page('wp-login.php', ['action' => 'logto_callback'], ['settings' => self::SETTINGS]);

        self::assertStringContainsString('<title>Sign-in canceled', $page['body']);
        self::assertStringContainsString('<div class="logto-question" role="status">', $page['body']);
        self::assertStringContainsString('>Try again<', $page['body']);
        self::assertStringNotContainsString('Sign-in failed', $page['body']);
        self::assertSame('Waiting for approval', Catalog::of('account_pending')->title);
    }

    /**
     * @param array<string, mixed> $other
     *
     * @return array<string, mixed>
     */
    private static function callback_without_state(array $other = []): array
    {
        return Program::page('wp-login.php', ['action' => 'logto_callback', 'code' => 'code'], $other + ['settings' => self::SETTINGS]);
    }
}
