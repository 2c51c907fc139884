<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Providers;

use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Lifecycle;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\SignIn\AutoRedirect;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Tests\TestCase;

/**
 * When a sign-in counts as proven.
 */
final class ProofTest extends TestCase
{
    private const DINGTALK = ['dingtalk_client_id' => 'ding', 'dingtalk_client_secret' => 'a very secret secret'];

    public function test_an_update_from_version_0_1_changes_no_login_page(): void
    {
        $this->store(['form_login' => false] + self::SETTINGS);
        delete_site_option(Proof::OPTION);

        self::assertTrue(AutoRedirect::is_on());
        self::assertFalse(PasswordLogin::is_available());
        self::assertSame(0, Proof::of(Provider::Logto, Settings::current())['by'] ?? null, 'nobody in particular');
    }

    public function test_a_new_site_leads_nobody_away_before_a_sign_in_has_succeeded(): void
    {
        $this->store(false);
        delete_site_option(Proof::OPTION);
        Lifecycle::activate();
        self::assertSame([], get_site_option(Proof::OPTION));

        $this->set_up(['form_login' => false] + self::SETTINGS);
        self::assertFalse(AutoRedirect::is_on());
        self::assertTrue(PasswordLogin::is_available(), 'whatever the setting says');

        do_action('logto_sign_in_signed_in', $this->user(), hash('sha256', 'http://127.0.0.1:9/oidc'));
        self::assertTrue(AutoRedirect::is_on());
        self::assertFalse(PasswordLogin::is_available());
    }

    public function test_another_application_has_to_be_proven_again(): void
    {
        $this->store(self::SETTINGS);

        foreach ([['app_id' => 'another'], ['endpoint' => 'https://another.example']] as $other) {
            $this->set_up($other + self::SETTINGS);
            self::assertFalse(Proof::is_live(), (string) json_encode($other));
        }

        $this->set_up(['endpoint' => ' HTTP://127.0.0.1:9/oidc/', 'app_secret' => 'a new secret'] + self::SETTINGS);
        self::assertTrue(Proof::is_live(), 'the same one, entered in another way');
    }

    public function test_each_provider_has_a_proof_of_its_own(): void
    {
        $this->set_up(self::DINGTALK + self::SETTINGS);
        do_action('logto_sign_in_signed_in', $this->user(), hash('sha256', Provider::DINGTALK_ISSUER));

        self::assertFalse(Proof::is_live(), 'who chose nothing would go to Logto');
        self::assertTrue(Proof::exists());

        $this->set_up(self::DINGTALK);
        self::assertTrue(Proof::is_live());
    }

    public function test_an_administrator_has_signed_in_by_a_test_or_by_the_session(): void
    {
        $this->store(self::SETTINGS);
        $admin = $this->admin();
        self::log_in($admin);
        self::assertFalse(Proof::is_own(), 'it worked before the update, for somebody');

        Proof::note(Provider::Logto, $admin->ID, true);
        self::assertTrue(Proof::is_own());

        self::log_in($this->admin('another'));
        self::assertFalse(Proof::is_own());
        self::log_in($this->admin('a-third'), Sessions::marks('hash', 'logto'));
        self::assertTrue(Proof::is_own());
    }

    public function test_nobody_is_no_administrator(): void
    {
        $this->store(self::SETTINGS);
        wp_set_current_user(0);

        self::assertFalse(Proof::is_own());
    }

    /**
     * Stores settings after which nothing more counts as proven.
     *
     * @param array<string, mixed> $settings
     */
    private function set_up(array $settings): void
    {
        $proof = get_site_option(Proof::OPTION, []);
        $this->store($settings);
        update_site_option(Proof::OPTION, $proof);
    }
}
