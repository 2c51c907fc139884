<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Renewals;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\Renewal;
use LogtoSignIn\SignIn\Revalidation;
use LogtoSignIn\SignIn\SessionCheck;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * The provider is asked about a session again.
 */
final class RevalidationTest extends TestCase
{
    private static Server $provider;

    private \WP_User $user;

    private string $token = '';

    /** @var array<string, string> */
    private array $cookie = [];

    public static function setUpBeforeClass(): void
    {
        self::$provider = new Server('provider.php');
    }

    protected function setUp(): void
    {
        parent::setUp();
        $this->store($this->settings());
        $this->tell(200, ['staff']);
        $outcome = $this->sign_in();
        $this->user = new \WP_User($outcome->user_id);
        $this->cookie = self::log_in($this->user);
        $this->token = wp_get_session_token();
        self::assertNotNull($outcome->session?->renewal);
        Sessions::mark($this->user->ID, $this->token, $outcome->issuer_hash, 'logto', $outcome->session);
        self::assertSame(['editor'], array_values($this->user->roles));
    }

    protected function tearDown(): void
    {
        Tables::database()->delete(Tables::identities(), ['issuer' => self::$provider->url . '/rsa/oidc']);
        parent::tearDown();
    }

    public function test_a_session_that_is_not_due_asks_nobody(): void
    {
        self::assertNull(SessionCheck::perform($this->user->ID, $this->token));

        $page = Program::page('index.php', [], ['settings' => $this->settings(), 'cookie' => $this->cookie]);
        self::assertSame([], preg_grep('/Revalidation|SessionCheck/', $page['files']));
        self::assertSame([], $page['fetched']);
    }

    /**
     * Fault S10: who lost a role at the provider kept it until the next sign-in.
     */
    public function test_fault_s10_a_lost_role_goes_at_the_next_check(): void
    {
        $this->tell(200, []);
        $this->make_due();

        $outcome = SessionCheck::perform($this->user->ID, $this->token);

        self::assertNull($outcome?->ended);
        self::assertSame(['subscriber'], array_values((new \WP_User($this->user->ID))->roles));
        self::assertFalse(current_user_can('edit_posts'), 'the request goes on without it');
        $renewal = Renewals::of($this->user->ID, $this->token);
        self::assertGreaterThan(time() + 200, $renewal?->check_after);
        self::assertNull(SessionCheck::perform($this->user->ID, $this->token), 'once');
        $stored = (string) wp_json_encode(\WP_Session_Tokens::get_instance($this->user->ID)->get($this->token));
        self::assertStringNotContainsString('refresh-token-', $stored, 'the refresh token is sealed');
    }

    /**
     * Fault S10: who was suspended at the provider stayed signed in. The page that is due shows nothing any more.
     */
    public function test_fault_s10_who_was_suspended_lands_on_the_login_page(): void
    {
        $this->tell(400, []);
        $this->make_due();

        $page = Program::page('index.php', [], [
            'settings' => $this->settings(),
            'cookie' => $this->cookie,
            'server' => ['HTTP_ACCEPT' => 'text/html'],
        ]);

        self::assertSame(302, $page['status'], $page['body']);
        self::assertNotSame([], preg_grep('/^location: .*wp-login\.php\?.*logto_ended=1/i', $page['headers']));
        wp_cache_delete($this->user->ID, 'user_meta');
        self::assertNull(\WP_Session_Tokens::get_instance($this->user->ID)->get($this->token));
        $login = Program::page('wp-login.php', ['logto_ended' => '1'], ['settings' => $this->settings()]);
        self::assertSame(200, $login['status']);
        self::assertStringContainsString('Your session has ended', $login['body']);
    }

    public function test_a_check_after_the_page_ends_the_session_for_the_next(): void
    {
        $this->tell(400, []);
        $this->make_due(by: time() + 300);

        $page = Program::page('index.php', [], ['settings' => $this->settings(), 'cookie' => $this->cookie]);

        self::assertSame(200, $page['status']);
        wp_cache_delete($this->user->ID, 'user_meta');
        self::assertNull(\WP_Session_Tokens::get_instance($this->user->ID)->get($this->token));
    }

    public function test_a_session_lasts_as_many_days_as_the_settings_say(): void
    {
        add_filter('send_auth_cookies', '__return_false');
        foreach (['3' => 3, '14' => 14, 'junk' => 14] as $days => $expected) {
            $this->store(['session_days' => (string) $days] + $this->settings());
            SignIn::sign_on($this->user, true, 'hash');
            $all = \WP_Session_Tokens::get_instance($this->user->ID)->get_all();
            self::assertEqualsWithDelta(time() + ($expected * DAY_IN_SECONDS), array_pop($all)['expiration'], 5);
        }
    }

    public function test_nobody_is_signed_out_while_the_provider_is_down(): void
    {
        foreach ([60, 120, 240] as $pause) {
            $this->tell(503, []);
            $this->make_due();

            Revalidation::before_page($this->user->ID, $this->token);

            self::assertTrue(is_user_logged_in());
            self::assertSame(['editor'], array_values((new \WP_User($this->user->ID))->roles));
            self::assertEqualsWithDelta(time() + $pause, Renewals::of($this->user->ID, $this->token)?->check_after, 5);
        }
    }

    /**
     * @return array<string, mixed>
     */
    private function settings(): array
    {
        return ['endpoint' => self::$provider->url . '/rsa', 'revalidate_minutes' => '10', 'role_map' => 'staff = editor'] + self::SETTINGS;
    }

    /**
     * A sign-in in this process, up to where WordPress lets the user in.
     */
    private function sign_in(): SignedIn
    {
        $start = (new Client())->run(Operation::Start, ['canonical' => true]);
        self::assertInstanceOf(Redirect::class, $start);
        parse_str((string) wp_parse_url($start->url, PHP_URL_QUERY), $asked);
        $query = ['code' => $asked['nonce'], 'state' => $asked['state'], 'iss' => self::$provider->url . '/rsa/oidc'];
        $input = ['query' => http_build_query($query), 'cookies' => array_column($start->cookies, 'value', 'name')];
        $outcome = (new Client(new Handler()))->run(Operation::Callback, $input);
        self::assertInstanceOf(SignedIn::class, $outcome, (string) wp_json_encode($outcome));

        return $outcome;
    }

    private function make_due(int $by = 1): void
    {
        $renewal = Renewals::of($this->user->ID, $this->token);
        self::assertNotNull($renewal);
        Renewals::keep($this->user->ID, $this->token, new Renewal($renewal->sealed, 1, $by), get_current_blog_id());
    }

    /**
     * What the provider answers from now on to a refresh: an HTTP status, and the roles of the user.
     *
     * @param list<string> $roles
     */
    private function tell(int $status, array $roles): void
    {
        $options = ['http' => ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => (string) json_encode(['status' => $status, 'roles' => $roles])]];
        file_get_contents(self::$provider->url . '/rsa/oidc/state', false, stream_context_create($options));
    }
}
