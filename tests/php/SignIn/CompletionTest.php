<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\EndedSessions;
use LogtoSignIn\Accounts\ProviderSessions;
use LogtoSignIn\Accounts\RevokedIssuers;
use LogtoSignIn\Accounts\Sessions;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Protocol\Effect\EndSessions;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\Completion;
use LogtoSignIn\SignIn\Unfinished;

/**
 * When an unfinished sign-in is completed.
 */
final class CompletionTest extends CompletionTestCase
{
    public function test_what_was_postponed_is_done_once(): void
    {
        $signed_in = 0;
        add_action('logto_sign_in_signed_in', static function () use (&$signed_in): void {
            ++$signed_in;
        });
        RevokedIssuers::add($this->user->ID, 'the hash');
        $this->keep($this->unfinished());
        $token = $this->pass_login();

        Completion::resume(wp_get_current_user());
        Completion::resume(wp_get_current_user());

        $user = get_userdata($this->user->ID);
        self::assertSame([['editor', 'subscriber'], 'New name', 'new@example.org'], [self::sorted($user->roles), $user->display_name, $user->user_email]);
        self::assertSame('the hash', \WP_Session_Tokens::get_instance($user->ID)->get($token)[Sessions::ISSUER_KEY]);
        self::assertSame(1, $signed_in);
        self::assertSame('', UserMeta::text($user->ID, UserMeta::UNFINISHED));
        self::assertSame('', UserMeta::text($user->ID, UserMeta::REVOKED));
        self::assertTrue(current_user_can('edit_posts'), 'the request goes on with the new role');
    }

    /**
     * Fault S3: each of these would let an attacker, or an older session, have what the provider gives.
     *
     * @dataProvider refused
     *
     * @param array<string, mixed> $differs
     */
    public function test_fault_s3_nobody_else_completes_it(array $differs, string $cookie = self::SECRET): void
    {
        $_COOKIE[Unfinished::COOKIE] = $cookie;
        $this->keep($this->unfinished($differs));
        $this->pass_login();

        Completion::resume(wp_get_current_user());

        $user = get_userdata($this->user->ID);
        self::assertSame([['subscriber'], 'a-visitor'], [array_values($user->roles), $user->display_name]);
    }

    /**
     * @return array<string, array{0: array<string, mixed>, 1?: string}>
     */
    public static function refused(): array
    {
        return [
            'the session began before it' => [['began' => time() + 3600]],
            'it is too old' => [['began' => time() - Unfinished::LIFETIME_SECS - 1]],
            'another site of the network' => [['site' => 4_000]],
            'another browser' => [[], 'something else'],
            'a browser without the cookie' => [[], ''],
        ];
    }

    /**
     * Fault S3: the provider ended the session while another plugin waited for the second factor, and the session began.
     */
    public function test_fault_s3_a_second_factor_after_a_logout_begins_no_session(): void
    {
        $this->keep($this->unfinished());
        ProviderSessions::note($this->user->ID, 'the sid');
        EndedSessions::end(new EndSessions('another hash', null, 'the sid', false));
        self::assertNotNull(Completion::waiting($this->user->ID), 'a logout of another provider');

        EndedSessions::end(new EndSessions('the hash', null, 'the sid', false));

        self::assertNull(Completion::waiting($this->user->ID));
        $token = $this->pass_login();
        Completion::resume(wp_get_current_user());
        self::assertNull(\WP_Session_Tokens::get_instance($this->user->ID)->get($token));
        self::assertFalse(is_user_logged_in());
        self::assertSame([['subscriber'], ''], [array_values(get_userdata($this->user->ID)->roles), UserMeta::text($this->user->ID, UserMeta::UNFINISHED)]);
    }

    public function test_a_plugin_that_asks_within_a_session_postpones_it(): void
    {
        $complete = false;
        add_filter('logto_sign_in_is_complete', static function () use (&$complete): bool {
            return $complete;
        });
        $this->keep($this->unfinished());
        $this->pass_login();

        Completion::resume(wp_get_current_user());
        self::assertSame(['subscriber'], array_values(get_userdata($this->user->ID)->roles));

        $complete = true;
        Completion::resume(wp_get_current_user());
        self::assertContains('editor', get_userdata($this->user->ID)->roles);
    }

    /**
     * @param array<string, mixed> $differs
     */
    private function unfinished(array $differs = []): Unfinished
    {
        return new Unfinished(...$differs + [
            'outcome' => $this->outcome(),
            'provider' => Provider::Logto,
            'site' => get_current_blog_id(),
            'began' => time(),
            'browser' => hash('sha256', self::SECRET),
        ]);
    }

    private function keep(Unfinished $unfinished): void
    {
        update_user_meta($this->user->ID, UserMeta::UNFINISHED, wp_slash((string) json_encode($unfinished)));
    }

    /**
     * @param array<string> $list
     *
     * @return list<string>
     */
    private static function sorted(array $list): array
    {
        sort($list);

        return $list;
    }
}
