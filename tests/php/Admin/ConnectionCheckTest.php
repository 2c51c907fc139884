<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Admin\LastCheck;
use LogtoSignIn\Admin\SiteHealth;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Protocol\Check;
use LogtoSignIn\Protocol\CheckResult;
use LogtoSignIn\Protocol\CheckSubject;
use LogtoSignIn\Protocol\Outcome\ConnectionChecked;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * The button “Check connection”, and what the page shows afterwards.
 */
final class ConnectionCheckTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        delete_option(LastCheck::OPTION);
        add_filter('wp_redirect', static function (string $to): never {
            throw new \RuntimeException($to);
        });
    }

    /**
     * Fault C20: the check passed while visitors met the provider's raw error.
     */
    public function test_fault_c20_each_thing_that_is_wrong_has_its_row(): void
    {
        $provider = new Server('provider.php');
        $dingtalk = ['dingtalk_client_id' => 'client id', 'dingtalk_client_secret' => 'another secret', 'dingtalk_origin' => $provider->url];
        $this->store(['endpoint' => $provider->url, 'app_secret' => 'wrong'] + $dingtalk + self::SETTINGS);

        $page = $this->check();

        self::assertSame(
            [
                'metadata' => 'passed', 'keys' => 'passed', 'algorithms' => 'passed', 'application' => 'failed',
                'clock' => 'passed', 'redirect_uri' => 'passed', 'post_logout_redirect_uri' => 'failed', 'dingtalk' => 'failed',
            ],
            self::results(),
        );
        foreach (['application_secret', 'redirect_uri_registered', 'post_logout_uri_unregistered', 'dingtalk_client_rejected'] as $code) {
            self::assertStringContainsString("<code>{$code}</code>", $page);
        }

        self::assertStringContainsString('Copy the App secret again', $page);
        self::assertStringNotContainsString('<script', $page);
    }

    /**
     * Fault C30: the algorithms of the keys were announced for those of the provider.
     */
    public function test_fault_c30_issuer_keys_and_announced_algorithms_are_shown(): void
    {
        $provider = new Server('provider.php');
        $this->store(['endpoint' => $provider->url] + self::SETTINGS);

        $page = $this->check();

        self::assertStringContainsString(esc_html($provider->url . '/oidc'), $page);
        self::assertSame(2, substr_count($page, 'ES384'), 'of the keys, and of the metadata');
        self::assertSame('passed', self::results()['application']);
        self::assertStringNotContainsString('logto-check-result', self::page(), 'shown once');
    }

    public function test_a_provider_that_cannot_be_reached_is_named(): void
    {
        $this->store(self::SETTINGS);
        $outcome = ConnectionCheck::result();

        self::assertInstanceOf(ConnectionChecked::class, $outcome);
        self::assertSame('provider_unreachable', $outcome->checks[0]->code);
        self::assertSame(CheckResult::Failed, $outcome->checks[0]->result);
        self::assertSame('check_skipped', $outcome->checks[1]->code);
    }

    /**
     * Site Health said that the plugin was set up while its connection check failed.
     */
    public function test_fault_c20_site_health_tells_what_the_last_check_found(): void
    {
        $provider = new Server('provider.php');
        $this->store(['endpoint' => $provider->url, 'app_secret' => 'wrong'] + self::SETTINGS);
        self::assertSame('recommended', LastCheck::site_health()['status'], 'nobody has checked these settings');

        ConnectionCheck::result();
        $provider = null;
        $failed = LastCheck::site_health();
        self::assertSame('critical', $failed['status']);
        self::assertStringContainsString('<code>application_secret</code>', $failed['description']);
        self::assertStringContainsString('Copy the App secret again', $failed['description']);
        self::assertStringContainsString('#check', $failed['actions']);
        self::assertArrayHasKey('logto_sign_in_connection', SiteHealth::tests([])['direct']);

        $this->store(self::SETTINGS);
        self::assertSame('recommended', LastCheck::site_health()['status'], 'it was about other settings');
        foreach ([[CheckResult::Passed, CheckSubject::Keys, 'good'], [CheckResult::Failed, CheckSubject::PostLogoutRedirectUri, 'recommended']] as [$result, $subject, $status]) {
            LastCheck::note(new ConnectionChecked([new Check($subject, $result, 'keys_found', '')]), Settings::current());
            self::assertSame($status, LastCheck::site_health()['status']);
        }

        LastCheck::note(new Refused('transport_failed', 503, true), Settings::current());
        self::assertSame('critical', LastCheck::site_health()['status']);
    }

    public function test_a_stored_result_of_another_version_shows_nothing(): void
    {
        $this->store(self::SETTINGS);
        foreach (['{"type":"connected","issuer":"x"}', '[]', 'junk'] as $stored) {
            set_transient(ConnectionCheck::key(), $stored);

            self::assertStringNotContainsString('logto-check-result', self::page());
        }
    }

    public function test_the_check_wants_an_admin_and_a_nonce(): void
    {
        $died = '';
        $handler = static function (mixed $message) use (&$died): void {
            $died = is_string($message) ? $message : 'nonce';

            throw new \RuntimeException('died');
        };
        add_filter('wp_die_handler', static fn() => $handler);
        foreach (['subscriber', 'administrator'] as $role) {
            $died = '';
            wp_set_current_user($this->user($role, $role)->ID);
            try {
                ConnectionCheck::run();
            } catch (\RuntimeException) {
            }

            self::assertNotSame('', $died, $role);
        }
    }

    /**
     * A check would ask with the settings of before, and say nothing about what was entered.
     */
    public function test_saved_credentials_are_checked_and_rejected_ones_are_not(): void
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);
        $this->store(self::SETTINGS);
        $_GET['settings-updated'] = 'true';
        add_settings_error(Sanitizer::GROUP, 'logto_saved', 'Settings saved.', 'success');
        self::assertStringContainsString('id="logto-check"', self::page());

        add_settings_error(Sanitizer::GROUP, 'logto_endpoint', 'The endpoint is not a URL.', 'error');
        self::assertStringNotContainsString('id="logto-check"', self::page());
    }

    /**
     * Fault C30: a refused endpoint vanished from its field.
     */
    public function test_fault_c30_a_refused_text_stays_in_its_field_and_is_marked(): void
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);
        $this->store(self::SETTINGS);
        $submitted = ['endpoint' => 'http://tenant.example/<b>', 'app_secret' => "a secret\u{7}", 'scope' => 'openid'] + self::SETTINGS;
        Sanitizer::clean($submitted, new Settings(self::SETTINGS), Manager::Network);

        $field = self::field('endpoint');
        self::assertStringContainsString('value="http://tenant.example/&lt;b&gt;"', $field);
        self::assertStringContainsString('aria-invalid="true" aria-describedby="logto-endpoint-problem logto-endpoint-help"', $field);
        self::assertStringContainsString('id="logto-endpoint-problem">The endpoint must begin with https://', $field);
        self::assertStringNotContainsString('a secret', self::field('app_secret'), 'a secret is never shown');

        \LogtoSignIn\Core\RefusedInput::forget();
        self::assertStringContainsString(esc_attr(self::SETTINGS['endpoint']), self::field('endpoint'));
        self::assertStringNotContainsString('aria-invalid="true"', self::field('endpoint'));
    }

    private function check(): string
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);
        $_REQUEST['_wpnonce'] = wp_create_nonce(ConnectionCheck::ACTION);
        try {
            ConnectionCheck::run();
        } catch (\RuntimeException $redirect) {
            self::assertStringEndsWith('page=logto-sign-in&tab=connection#logto-check', $redirect->getMessage());
        }

        return self::page();
    }

    private static function page(): string
    {
        ob_start();
        ConnectionCheck::show(Tab::Connection, true);

        return (string) ob_get_clean();
    }

    /**
     * @return array<string, string>
     */
    private static function results(): array
    {
        $outcome = ConnectionCheck::result();
        self::assertNotInstanceOf(Refused::class, $outcome);
        $results = [];
        foreach ($outcome->checks as $check) {
            $results[$check->subject->value] = $check->result->value;
        }

        return $results;
    }

    private static function field(string $name): string
    {
        ob_start();
        \LogtoSignIn\Admin\Field::text(['name' => $name, 'type' => 'text', 'help' => '', 'placeholder' => '']);

        return (string) ob_get_clean();
    }
}
