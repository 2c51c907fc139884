<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Activity;

use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Activity\Streak;
use LogtoSignIn\Activity\StreakMail;
use LogtoSignIn\ActivityList\FailureNotice;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * Sign-ins that fail in a row.
 */
final class StreakTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        self::forget();
    }

    protected function tearDown(): void
    {
        self::forget();
        parent::tearDown();
    }

    /**
     * Before, nobody told the admin that every sign-in failed; the error log alone had it.
     */
    public function test_the_admin_is_told_until_a_sign_in_succeeds(): void
    {
        wp_set_current_user($this->admin()->ID);
        self::fail_times(Streak::LIMIT - 1);
        self::assertSame('', self::notice());

        self::fail_times(1);
        self::assertStringContainsString('client_rejected</code>', self::notice());
        self::assertStringContainsString('page=logto-sign-in-help&#038;tab=codes#code-client_rejected', self::notice());
        self::assertSame('', self::notice('edit-post'));

        wp_set_current_user($this->user('an-editor', 'editor')->ID);
        self::assertSame('', self::notice());

        Recorder::signed_in(7, 'hash');
        self::assertSame('', Streak::code());
    }

    public function test_visitors_who_cancel_or_may_not_sign_in_do_not_count(): void
    {
        foreach (['access_denied' => 403, 'state_expired' => 400, 'not_provisioned' => 403] as $code => $status) {
            self::fail_times(Streak::LIMIT, $code, $status);
        }

        self::assertSame('', Streak::code());
    }

    public function test_a_site_that_is_not_set_up_has_no_failures(): void
    {
        $this->store([]);

        self::fail_times(Streak::LIMIT, 'not_configured', 503);

        self::assertSame('', Streak::code());
    }

    public function test_one_mail_a_day_goes_to_the_administration_address(): void
    {
        $mails = [];
        add_filter('pre_wp_mail', static function (mixed $_, array $mail) use (&$mails): bool {
            $mails[] = $mail;

            return true;
        }, 10, 2);
        $shutdown = static fn(): int => count($GLOBALS['wp_filter']['shutdown']->callbacks[10] ?? []);
        $before = $shutdown();

        self::fail_times(Streak::LIMIT * 2);
        Recorder::signed_in(7, 'hash');
        self::fail_times(Streak::LIMIT);
        self::assertSame($before + 1, $shutdown());

        StreakMail::send('client_rejected');
        self::assertSame(get_option('admin_email'), $mails[0]['to']);
        self::assertStringContainsString('(client_rejected)', $mails[0]['message']);
        self::assertStringContainsString('page=logto-sign-in-activity', $mails[0]['message']);
    }

    public function test_the_mail_can_be_turned_off(): void
    {
        $this->store(['failure_mail' => false] + self::SETTINGS);
        $before = count($GLOBALS['wp_filter']['shutdown']->callbacks[10] ?? []);

        self::fail_times(Streak::LIMIT);

        self::assertCount($before, $GLOBALS['wp_filter']['shutdown']->callbacks[10] ?? []);
        self::assertSame('client_rejected', Streak::code());
    }

    private static function fail_times(int $times, string $code = 'client_rejected', int $status = 502): void
    {
        for (; $times > 0; --$times) {
            Recorder::refused($code, $status, Provider::Logto, 0);
        }
    }

    private static function notice(string $screen = 'dashboard'): string
    {
        require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
        require_once ABSPATH . 'wp-admin/includes/screen.php';
        set_current_screen($screen);
        try {
            return self::printed([FailureNotice::class, 'show']);
        } finally {
            unset($GLOBALS['current_screen']);
        }
    }

    private static function forget(): void
    {
        delete_option('logto_sign_in_failures');
        Tables::database()->query('DELETE FROM ' . Tables::used_states());
        Tables::database()->query('DELETE FROM ' . Tables::activity());
    }
}
