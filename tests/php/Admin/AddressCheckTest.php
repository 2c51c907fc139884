<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\AddressCheck;
use LogtoSignIn\Admin\AddressNotice;
use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class AddressCheckTest extends TestCase
{
    /** @var list<string> Addresses that the site asked itself at. */
    private array $asked = [];

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(self::SETTINGS);
        AddressCheck::forget();
    }

    protected function tearDown(): void
    {
        unset($GLOBALS['current_screen']);
        AddressCheck::forget();
        parent::tearDown();
    }

    /**
     * Fault C4: nobody was told that the redirect URI had stopped answering.
     */
    public function test_fault_c4_a_redirect_uri_that_does_not_answer_is_told_with_the_fix(): void
    {
        $this->answer(static fn(string $url): array => str_contains($url, '/index.php?') ? [200, self::right($url)] : [404, 'Not found']);

        $notice = $this->notice();

        self::assertStringContainsString(esc_html(Site::redirect_uri()) . '</code> does not answer (HTTP 404)', $notice);
        self::assertStringContainsString('/index.php?action=logto_callback</code>', $notice);
        self::assertStringContainsString('/index.php?action=logto_signed_out</code>', $notice);
        self::assertStringContainsString('name="logto_path" value="index.php"', $notice);
        self::assertSame('critical', AddressCheck::site_health()['status']);

        $before = count($this->asked);
        AddressCheck::problem();
        self::assertCount($before, $this->asked, 'what was found is asked for once more');
    }

    public function test_an_address_that_another_page_answers_is_no_redirect_uri(): void
    {
        $this->answer(static fn(): array => [200, '<html>Welcome']);
        $notice = $this->notice();
        self::assertStringContainsString('(another page is shown)', $notice);
        self::assertStringContainsString('Allow requests to this address', $notice);
        self::assertStringNotContainsString('<form', $notice);
    }

    public function test_a_site_that_answers_or_cannot_ask_itself_gets_no_notice(): void
    {
        $this->answer(static fn(string $url): array => [200, self::right($url)]);
        self::assertSame('', $this->notice());
        self::assertSame('good', AddressCheck::site_health()['status']);

        AddressCheck::forget();
        add_filter('pre_http_request', static fn(): \WP_Error => new \WP_Error('http_request_failed', 'no loopback'), 99);
        self::assertSame('', $this->notice());
        self::assertSame('recommended', AddressCheck::site_health()['status']);
    }

    public function test_the_address_answers_such_a_request_and_nothing_else(): void
    {
        $probe = str_repeat('aB3', 10);
        $page = Program::page('wp-login.php', ['action' => 'logto_callback', 'logto_probe' => $probe], ['settings' => self::SETTINGS]);
        self::assertSame([200, hash_hmac('sha256', 'logto-sign-in probe ' . $probe, wp_salt('nonce'))], [$page['status'], $page['body']]);
        self::assertContains('X-Content-Type-Options: nosniff', $page['headers']);
        self::assertStringContainsString('no-store', implode("\n", preg_grep('/^cache-control:/i', $page['headers']) ?: []));
    }

    public function test_the_connection_check_asks_the_redirect_uri_too(): void
    {
        $this->answer(static fn(): array => [403, '']);
        AddressCheck::problem();
        $this->asked = [];

        AddressCheck::problem();
        self::assertSame([], $this->asked, 'it is known');
        ConnectionCheck::result();
        AddressCheck::problem();
        self::assertNotSame([], array_filter($this->asked, static fn(string $url): bool => str_contains($url, 'logto_probe')));
    }

    /**
     * @param callable(string): array{int, string} $answer Status and body of a request to oneself.
     */
    private function answer(callable $answer): void
    {
        add_filter('pre_http_request', function (mixed $_, array $arguments, string $url) use ($answer): array {
            $this->asked[] = $url;
            [$status, $body] = $answer($url);

            return ['response' => ['code' => $status, 'message' => ''], 'headers' => [], 'body' => $body, 'cookies' => [], 'filename' => null];
        }, 98, 3);
    }

    private static function right(string $url): string
    {
        parse_str((string) parse_url($url, PHP_URL_QUERY), $query);

        return hash_hmac('sha256', 'logto-sign-in probe ' . $query['logto_probe'], wp_salt('nonce'));
    }

    private function notice(): string
    {
        wp_set_current_user($this->admin('boss' . wp_rand())->ID);
        set_current_screen('plugins');
        ob_start();
        AddressNotice::show();

        return (string) ob_get_clean();
    }
}
