<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\Preview;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * Logto › Preview.
 */
final class PreviewTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(['role_map' => 'staff = editor'] + self::SETTINGS);
    }

    public function test_only_who_manages_settings_sees_it(): void
    {
        // CVE-2022-3119
        wp_set_current_user($this->user('writer', 'editor')->ID);
        self::assertSame('', self::printed([Preview::class, 'render']));
        wp_set_current_user($this->admin()->ID);
        $html = self::printed([Preview::class, 'render']);
        self::assertStringContainsString('<label for="logto-claims">', $html);
        self::assertStringContainsString('name="_wpnonce"', $html);
        self::assertStringNotContainsString('<table', $html, 'nothing was asked yet');
    }

    public function test_without_a_nonce_nothing_is_shown(): void
    {
        wp_set_current_user($this->admin()->ID);
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
        foreach ([null, 'wrong', wp_create_nonce('another action')] as $nonce) {
            $_POST = ['claims' => '{}'];
            $_REQUEST = $nonce === null ? [] : ['_wpnonce' => $nonce];
            ob_start();
            try {
                Preview::render();
                self::fail('it was shown');
            } catch (\RuntimeException $died) {
                self::assertSame('died', $died->getMessage());
            } finally {
                self::assertStringNotContainsString('<table', (string) ob_get_clean());
            }
        }
    }

    public function test_it_says_what_a_first_sign_in_would_give_and_stores_nothing(): void
    {
        wp_set_current_user($this->admin()->ID);
        $before = self::rows();
        $html = $this->preview('{"sub":"abc","name":"李四","email":null,"roles":["staff"]}');
        self::assertStringContainsString('notice-success', $html);
        self::assertMatchesRegularExpression('~Roles</th><td>Editor</td>~', $html);
        self::assertMatchesRegularExpression('~Display name</th><td>李四</td>~u', $html);
        self::assertMatchesRegularExpression('~Username</th><td>[a-zA-Z -]+</td>~', $html);
        self::assertMatchesRegularExpression('~Email address</th><td>[^<]+\.invalid</td>~', $html);
        self::assertSame(is_multisite(), str_contains($html, '<th scope="row">Sites</th>'));
        self::assertSame($before, self::rows());
    }

    public function test_who_would_be_refused_is_told_with_the_code(): void
    {
        $this->store(['required_organizations' => 'o1'] + self::SETTINGS);
        $html = $this->preview('{"sub":"abc","organizations":["o2"]}');
        self::assertStringContainsString('notice-warning', $html);
        self::assertStringContainsString('[organization_required]', $html);
        self::assertStringContainsString('notice-success', $this->preview('{"sub":"abc","organizations":["o1"]}'));
    }

    public function test_claims_that_are_too_long_are_told(): void
    {
        $html = $this->preview('{"sub":"' . str_repeat('x', 5_000_000) . '"}');

        self::assertStringContainsString('The request is too large.', $html);
        self::assertStringNotContainsString('<table', $html);
    }

    public function test_what_is_no_json_object_is_told(): void
    {
        foreach (['{', '[]', '"text"', '7', 'null', '{"a":1} x'] as $claims) {
            $html = $this->preview($claims);
            self::assertStringContainsString('notice-error', $html, substr($claims, 0, 20));
            self::assertStringContainsString('not a JSON object', $html);
            self::assertStringNotContainsString('<table', $html);
        }
    }

    public function test_claims_are_printed_escaped(): void
    {
        // CVE-2021-24214
        $html = $this->preview('{"sub":"abc","name":"<script>alert(1)</script>","email":"\'\"><img src=x onerror=alert(1)>","x":"</textarea><script>alert(2)</script>"}');
        self::assertStringContainsString('notice-success', $html);
        self::assertStringContainsString('&lt;script&gt;alert(1)', $html);
        self::assertStringContainsString('&lt;/textarea&gt;&lt;script&gt;alert(2)', $html);
        self::assertStringNotContainsString('<script', $html);
        self::assertStringNotContainsString('<img', $html);
    }

    private function preview(string $claims): string
    {
        $admin = get_user_by('login', 'boss') ?: $this->admin();
        wp_set_current_user($admin->ID);
        $_POST = wp_slash(['claims' => $claims, '_wpnonce' => wp_create_nonce(Preview::SLUG)]);
        $_REQUEST = $_POST;

        return self::printed([Preview::class, 'render']);
    }

    /**
     * @return list<null|string>
     */
    private static function rows(): array
    {
        $database = Tables::database();

        return array_map(
            static fn(string $table): null|string => $database->get_var("SELECT COUNT(*) FROM {$table}"),
            [$database->users, Tables::identities(), Tables::used_states()],
        );
    }
}
