<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Accounts\Administrators;
use LogtoSignIn\Accounts\ConnectMail;
use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\StreakMail;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Linking\UserSection;
use LogtoSignIn\Protocol\Answer\CreateError;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\Completion;
use LogtoSignIn\SignIn\FormGuards;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\SignIn\Unfinished;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Each example of a hook in `docs/developer.md` does what the guide says: it is run as it stands there.
 */
final class HookExamplesTest extends TestCase
{
    /** @var list<array<string, mixed>> */
    private array $mails = [];

    /** @var list<string> */
    private array $files = [];

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        add_filter('send_auth_cookies', '__return_false');
        add_filter('pre_wp_mail', function (mixed $done, array $mail): bool {
            if ($done === null) {
                $this->mails[] = $mail;
            }

            return true;
        }, 999, 2);
    }

    protected function tearDown(): void
    {
        array_map('unlink', $this->files);
        delete_transient('sign_in_alert');
        delete_option('sign_in_refusals');
        delete_option('example_api_key');
        parent::tearDown();
    }

    public function test_every_hook_has_one_example_and_each_is_tried(): void
    {
        foreach (array_keys(Guide::documented()) as $hook) {
            self::assertCount(1, Guide::examples($hook), $hook);
            self::assertTrue(method_exists($this, str_replace('logto_sign_in_', 'test_example_of_', $hook)), $hook);
        }
    }

    public function test_example_of_user_created(): void
    {
        $this->run_example('logto_sign_in_user_created');

        $user_id = (int) NewUser::create(self::create_user())->user_id;

        self::assertSame('tests.example', get_user_meta($user_id, 'account_origin', true));
    }

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

    public function test_example_of_profile(): void
    {
        $this->run_example('logto_sign_in_profile');
        self::assertTrue(Site::describe()['reads_claims']);
        $effect = self::create_user(['profile' => ['display_name' => 'Ann'], 'claims' => ['custom_data' => ['team' => 'red']]]);

        $created = (new Handler())->create_user($effect);
        self::assertSame(['ANN', 'red'], [get_userdata((int) $created->user_id)->display_name, get_user_meta((int) $created->user_id, 'team', true)]);

        $refused = (new Handler())->create_user(self::create_user(['identity' => self::identity('blocked'), 'claims' => ['custom_data' => ['blocked' => true]]]));
        self::assertSame([null, CreateError::Refused, 'Please contact the office.'], [$refused->user_id, $refused->error, $refused->cause]);
        self::assertNull(Identities::find_user(self::identity('blocked')));
    }

    public function test_example_of_linked(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, 'remind_to_connect', '1');
        $this->run_example('logto_sign_in_linked');

        self::assertTrue(Connection::make(new LinkIdentity(self::identity(), $user->ID, false, Ends::Nothing)));

        self::assertSame('', get_user_meta($user->ID, 'remind_to_connect', true));
    }

    public function test_example_of_unlinked(): void
    {
        [$user, $own] = [$this->user(), $this->user('another')];
        Identities::link(self::identity(), $user->ID);
        Identities::link(self::identity('second'), $own->ID);
        \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);
        $this->run_example('logto_sign_in_unlinked');

        self::log_in($this->admin());
        self::assertSame(1, AdminLink::unlink_all([$user->ID])['done']);
        self::assertSame([], \WP_Session_Tokens::get_instance($user->ID)->get_all());

        self::log_in($own);
        $_POST = ['logto_remove' => (string) Identities::of_user($own->ID)[0]['id'], 'logto_password' => 'right password'];
        self::assertSame('removed', Link::handle($own));
        self::assertCount(1, \WP_Session_Tokens::get_instance($own->ID)->get_all());
    }

    public function test_example_of_approved(): void
    {
        $this->run_example('logto_sign_in_approved');
        $user = self::pending();
        $admin = $this->admin();
        wp_set_current_user($admin->ID);

        self::assertSame(1, Approval::approve_all([$user->ID])['done']);

        self::assertSame((string) $admin->ID, get_user_meta($user->ID, 'approved_by', true));
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

    public function test_example_of_pending_mail(): void
    {
        $this->run_example('logto_sign_in_pending_mail');

        self::pending();

        self::assertSame([['members@example.org', 'office@example.org']], array_column($this->mails, 'to'));
        self::assertStringContainsString('logto-visitor', $this->mails[0]['message']);
    }

    public function test_example_of_new_account_mail(): void
    {
        $this->store(['new_account_mail' => true] + self::SETTINGS);
        $this->run_example('logto_sign_in_new_account_mail');

        NewUser::create(self::create_user());
        self::assertSame([], $this->mails);

        NewUser::create(self::create_user(['identity' => self::identity('another'), 'logins' => ['another'], 'email' => 'another@example.com']));
        self::assertCount(1, $this->mails);
    }

    public function test_example_of_failure_mail(): void
    {
        $this->run_example('logto_sign_in_failure_mail');

        StreakMail::send('token_error');

        self::assertSame(['on-call@example.org'], array_column($this->mails, 'to'));
        self::assertSame(['Sign-ins fail: token_error'], array_column($this->mails, 'subject'));
    }

    public function test_example_of_approved_mail(): void
    {
        $user = self::pending();
        $this->mails = [];
        wp_set_current_user($this->admin()->ID);
        $this->run_example('logto_sign_in_approved_mail');

        self::assertSame(1, Approval::approve_all([$user->ID])['done']);

        self::assertSame(['logto-visitor@example.org'], array_column($this->mails, 'to'));
        self::assertStringContainsString('Read this first: ' . home_url('/welcome/'), $this->mails[0]['message']);
    }

    public function test_example_of_connect_mail(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_connect_mail');

        self::assertTrue(ConnectMail::send(new SendConnectMail($user->ID, 'a-visitor@example.org', 'the-code', 'logto')));

        self::assertSame(['Is this your account?'], array_column($this->mails, 'subject'));
        self::assertStringContainsString('code=the-code', $this->mails[0]['message']);
    }

    public function test_example_of_connection_mail(): void
    {
        $this->run_example('logto_sign_in_connection_mail');

        Connection::make(new LinkIdentity(self::identity('first'), $this->user('writer', 'editor')->ID, false, Ends::Nothing));
        Connection::make(new LinkIdentity(self::identity('second'), $this->user('reader')->ID, false, Ends::Nothing));

        self::assertSame([['writer@example.org', 'security@example.org'], 'reader@example.org'], array_column($this->mails, 'to'));
    }

    public function test_example_of_is_privileged(): void
    {
        $user = $this->user();
        $this->run_example('logto_sign_in_is_privileged');
        self::assertFalse(Administrators::is_privileged($user));

        update_user_meta($user->ID, 'is_treasurer', '1');

        self::assertTrue(Administrators::is_privileged($user));
    }

    public function test_example_of_harmless_capabilities(): void
    {
        $this->user()->add_cap('read_lessons');
        $user = static fn(): \WP_User => new \WP_User(0, 'a-visitor');
        self::assertTrue(Administrators::is_privileged($user()));

        $this->run_example('logto_sign_in_harmless_capabilities');

        self::assertFalse(Administrators::is_privileged($user()));
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

    public function test_the_example_for_themes_prints_a_button(): void
    {
        [$template] = Guide::examples('Buttons: functions, block, shortcode');
        $file = $this->file($template);

        $html = self::printed(static fn() => require $file);

        self::assertStringContainsString('<nav class="account"><a class="logto-button ', $html);
        self::assertStringContainsString('direct_sign_in=social:dingtalk', $html);
    }

    private function run_example(string $hook): void
    {
        require $this->example($hook);
    }

    /**
     * @return string A file with the example of a hook, as a plugin of the site has it.
     */
    private function example(string $hook): string
    {
        return $this->file("<?php\n\n" . implode("\n", Guide::examples($hook)));
    }

    private function file(string $content): string
    {
        $file = (string) tempnam(sys_get_temp_dir(), 'example');
        $this->files[] = $file;
        file_put_contents($file, $content);

        return $file;
    }

    private static function pending(): \WP_User
    {
        return new \WP_User((int) NewUser::create(self::create_user(['pending' => true, 'roles' => ['subscriber']]))->user_id);
    }

    private static function outcome(\WP_User $user, string $issuer_hash): SignedIn
    {
        return new SignedIn($user->ID, true, 'http://127.0.0.1/there', null, new RoleChange(['editor'], [], ['editor']), null, $issuer_hash, []);
    }
}
