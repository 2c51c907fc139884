<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\Completion;
use LogtoSignIn\SignIn\FormGuards;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\SignIn\Unfinished;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Tests\Program;

/**
 * The examples of hooks about a sign-in and its checks, and about the log.
 */
final class SignInHookExamplesTest extends HookExamplesTestCase
{
    public function test_example_of_signed_in(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_signed_in');

        Completion::finish($user, self::outcome($user, hash('sha256', 'https://login.dingtalk.com')));
        self::assertSame('dingtalk', get_user_meta($user->ID, 'last_provider', true));

        Completion::finish($user, self::outcome($user, hash('sha256', self::ISSUER)));
        self::assertSame('logto', get_user_meta($user->ID, 'last_provider', true));
    }

    public function test_example_of_claims(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_claims');
        $told = static fn(string $issuer): SignedIn => new SignedIn($user->ID, true, '', null, null, null, 'hash', [], ['iss' => $issuer, 'custom_data' => ['membership' => ['level' => 'Gold']]]);

        Completion::finish($user, $told('https://login.dingtalk.com'));
        self::assertSame('', get_user_meta($user->ID, 'membership_level', true));

        Completion::finish($user, $told(self::ISSUER));
        self::assertSame('gold', get_user_meta($user->ID, 'membership_level', true));
    }

    public function test_example_of_refused(): void
    {
        $other = ['settings' => self::SETTINGS, 'plugins' => [$this->example('logto_sign_in_refused')]];

        foreach ([1, 2] as $_) {
            self::assertSame(400, Program::page('wp-login.php', ['action' => 'logto_callback', 'code' => 'code'], $other)['status']);
        }

        wp_cache_flush();
        self::assertSame(['state_missing' => 2], get_option('sign_in_refusals'));
    }

    public function test_example_of_log(): void
    {
        $this->run_example('logto_sign_in_log');

        Log::write('state_missing', 'a visitor used the back button');
        self::assertSame([], $this->mails);

        Log::write('client_rejected', 'invalid_client');
        Log::write('client_rejected', 'invalid_client');
        self::assertSame([['Sign-ins fail: client_rejected', 'invalid_client']], array_map(static fn(array $mail): array => [$mail['subject'], $mail['message']], $this->mails));
    }

    public function test_example_of_is_complete(): void
    {
        $user = $this->user();
        $_COOKIE[Unfinished::COOKIE] = 'known to the browser';
        $unfinished = new Unfinished(self::outcome($user, 'the hash'), Provider::Logto, get_current_blog_id(), time(), hash('sha256', 'known to the browser'));
        update_user_meta($user->ID, UserMeta::UNFINISHED, wp_slash((string) json_encode($unfinished)));
        self::log_in($user);
        $this->run_example('logto_sign_in_is_complete');

        Completion::resume(wp_get_current_user());
        self::assertNotContains('editor', get_userdata($user->ID)->roles);

        $sessions = \WP_Session_Tokens::get_instance($user->ID);
        $sessions->update(wp_get_session_token(), ['second_factor_passed' => true] + (array) $sessions->get(wp_get_session_token()));
        Completion::resume(wp_get_current_user());
        self::assertContains('editor', get_userdata($user->ID)->roles);
    }

    public function test_example_of_form_guards(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_form_guards');

        self::assertSame('example_captcha', wp_authenticate('a-visitor', 'right password')->get_error_code());
        self::assertSame($user->ID, SignIn::sign_on($user, false, 'hash')->ID);
    }

    public function test_example_of_code_fields(): void
    {
        $this->run_example('logto_sign_in_code_fields');

        self::assertSame('example-code', FormGuards::code_field(new \WP_Error('example_code_required', 'Enter your code.')));
        self::assertSame('wfls-token', FormGuards::code_field(new \WP_Error('wfls_twofactor_required', 'Enter your code.')));
    }

    public function test_example_of_secrets(): void
    {
        update_option('example_api_key', 'key 123');
        $this->run_example('logto_sign_in_secrets');
        $causes = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$causes): void {
            $causes[] = $cause;
        }, 10, 2);

        Log::write('token_error', 'sent key 123, and key%20123');

        self::assertSame(['sent [redacted], and [redacted]'], $causes);
    }
}
