<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\ActivityList;

use LogtoSignIn\Activity\Event;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\ActivityList\Export;
use LogtoSignIn\ActivityList\Page;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Logto › Activity, as an admin sees and uses it.
 */
final class PageTest extends TestCase
{
    private \WP_User $boss;

    private \WP_User $visitor;

    protected function setUp(): void
    {
        parent::setUp();
        Records::remove_before(PHP_INT_MAX);
        $this->boss = $this->admin();
        $this->visitor = $this->user('visitor');
        Records::add(new Event(Kind::SignedIn, provider: Provider::Dingtalk, user_id: $this->visitor->ID), '', time() - 3 * 86_400);
        Records::add(new Event(Kind::Refused, 'client_rejected', Provider::Logto, cause: '<script>alert(1)</script>'), '192.0.2.7', time());
        Records::add(new Event(Kind::Refused, 'state_expired', Provider::Logto, $this->visitor->ID, cause: '=HYPERLINK("x")'), '', time());
    }

    protected function tearDown(): void
    {
        Records::remove_before(PHP_INT_MAX);
        parent::tearDown();
    }

    /**
     * Before, to see why a visitor was refused, an admin had to read PHP's error log.
     */
    public function test_each_row_says_who_what_and_why_and_leads_to_the_help(): void
    {
        $body = $this->page()['body'];

        self::assertStringContainsString('page=logto-sign-in-help&#038;tab=codes#code-client_rejected"><code>client_rejected</code>', $body);
        self::assertStringContainsString('&lt;script&gt;alert(1)&lt;/script&gt;', $body);
        self::assertStringContainsString('192.0.2.7', $body);
        self::assertMatchesRegularExpression('~user-edit\.php\?user_id=' . $this->visitor->ID . '[^>]*>visitor</a>~', $body);
        self::assertStringNotContainsString('<script>alert', $body);
        self::assertSame(3, self::rows($body));
    }

    public function test_the_list_is_filtered_by_event_code_provider_user_and_day(): void
    {
        $today = (string) wp_date('Y-m-d');
        foreach ([
            [['logto_kind' => 'refused'], 2],
            [['logto_code' => 'state_expired'], 1],
            [['logto_provider' => 'dingtalk'], 1],
            [['logto_user' => 'visitor'], 2],
            [['logto_user' => 'visitor@example.org', 'logto_kind' => 'signed_in'], 1],
            [['logto_user' => 'nobody'], 0],
            [['logto_from' => $today, 'logto_to' => $today], 2],
            [['logto_to' => '2020-01-01'], 0],
            [['logto_from' => '2026-02-31'], 3],
            [['logto_kind' => "x' OR 1=1 --"], 0],
        ] as [$filter, $rows]) {
            $_GET = $filter;
            self::assertSame($rows, Records::count(Page::filter()), (string) json_encode($filter));
        }

        self::assertSame(1, self::rows($this->page(['logto_code' => 'state_expired'])['body']));
    }

    public function test_a_download_has_the_filtered_rows_and_no_formulas(): void
    {
        $nonce = $this->nonce();
        $csv = $this->page(['export' => 'csv', 'logto_kind' => 'refused', '_wpnonce' => $nonce]);
        $json = $this->page(['export' => 'json', '_wpnonce' => $nonce]);

        $lines = explode("\n", trim(substr($csv['body'], 3)));
        self::assertStringStartsWith("\xEF\xBB\xBFtime,event,times,code,", $csv['body']);
        self::assertCount(3, $lines);
        self::assertStringContainsString("\"'=HYPERLINK(\"\"x\"\")\"", $lines[1]);
        self::assertSame(['state_expired', 'client_rejected', ''], array_column((array) json_decode($json['body'], true), 'code'));
        self::assertContains('Content-Type: text/csv; charset=utf-8', $csv['headers']);
    }

    public function test_a_download_needs_a_nonce_and_the_capability(): void
    {
        $editor = $this->user('an-editor', 'editor');

        self::assertStringNotContainsString('state_expired', $this->page(['export' => 'json', '_wpnonce' => 'x'])['body']);
        self::assertStringNotContainsString('state_expired', $this->page(['export' => 'xml', '_wpnonce' => $this->nonce()])['body']);
        self::assertStringNotContainsString('state_expired', $this->page(['export' => 'json', '_wpnonce' => $this->nonce($editor)], $editor)['body']);
        self::assertStringNotContainsString('state_expired', $this->page([], $editor)['body']);
    }

    public function test_a_site_of_a_network_shows_its_own_rows(): void
    {
        if (!is_multisite()) {
            self::assertSame(3, Records::count(Page::filter()));

            return;
        }

        switch_to_blog(2);
        $count = Records::count(Page::filter());
        restore_current_blog();

        self::assertSame(0, $count);
    }

    public function test_cells_that_a_spreadsheet_would_run_are_texts(): void
    {
        foreach (['=1+1', '+1', '-1', '@x', "\tx", "\rx"] as $formula) {
            self::assertSame("'" . $formula, Export::cell($formula));
        }

        self::assertSame(['', 'a=1', '7'], array_map(Export::cell(...), ['', 'a=1', 7]));
    }

    /**
     * @param array<string, string> $parameters
     *
     * @return array<string, mixed>
     */
    private function page(array $parameters = [], null|\WP_User $user = null): array
    {
        $user ??= $this->boss;

        return Program::page('wp-admin/admin.php', ['page' => Page::SLUG] + $parameters, ['user' => $user->ID, 'settings' => self::SETTINGS, 'cookie' => self::admin_cookie($user)]);
    }

    private function nonce(null|\WP_User $user = null): string
    {
        unset($_COOKIE[LOGGED_IN_COOKIE]);
        wp_set_current_user(($user ?? $this->boss)->ID);

        return wp_create_nonce(Page::EXPORT);
    }

    private static function rows(string $body): int
    {
        return substr_count($body, '<time datetime=');
    }
}
