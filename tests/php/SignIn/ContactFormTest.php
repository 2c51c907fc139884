<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Approval\Contact;
use LogtoSignIn\SignIn\ContactForm;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\Server;
use LogtoSignIn\Tests\TestCase;

/**
 * Who waits for approval, and has no email address, can leave one.
 */
final class ContactFormTest extends TestCase
{
    private const PLACEHOLDER = 'user-drawn@no-email.invalid';

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/user.php';
    }

    protected function tearDown(): void
    {
        Records::remove_before(PHP_INT_MAX);
        parent::tearDown();
    }

    /**
     * Somebody from DingTalk without an email address waited for an approval that nobody could tell them of, and the activity
     * log did not say who waited.
     */
    public function test_the_page_asks_who_has_no_email_address(): void
    {
        $user = self::pending();
        $provider = new Server('provider.php');

        $page = DingtalkVisit::come_back(DingtalkVisit::settings($provider), ['authCode' => 'the code']);

        self::assertSame(403, $page['status']);
        self::assertStringContainsString('name="logto_email"', $page['body']);
        self::assertStringNotContainsString('no-email.invalid', $page['body']);
        self::assertSame([$user->ID], array_map(static fn($record): int => $record->user_id, Records::find(new Filter('refused'), 1)));

        wp_update_user(['ID' => $user->ID, 'user_email' => 'known@example.org']);
        self::assertSame('', ContactForm::of($user->ID), 'who has an address is not asked');
        self::assertSame('', ContactForm::of($this->user()->ID), 'nor who does not wait');
    }

    public function test_the_approval_is_told_there_and_the_account_keeps_its_address(): void
    {
        $user = self::pending();

        $page = self::submit(Contact::ticket($user->ID), ' me@example.org ');

        self::assertSame(200, $page['status']);
        self::assertStringContainsString('An email will be sent to me@example.org', $page['body']);
        self::assertSame('me@example.org', UserMeta::text($user->ID, UserMeta::CONTACT));
        self::assertSame(self::PLACEHOLDER, get_userdata($user->ID)->user_email ?? '', 'nobody has confirmed it');
        $export = apply_filters('wp_privacy_personal_data_exporters', [])['logto-sign-in']['callback'];
        self::assertStringContainsString('me@example.org', (string) wp_json_encode($export(self::PLACEHOLDER)));

        $told = [];
        add_filter('pre_wp_mail', static function (mixed $sent, array $mail) use (&$told): bool {
            $told[] = $mail['to'];

            return true;
        }, 999, 2);
        Approval::admit($user);
        self::assertSame(['me@example.org'], $told);
        self::assertSame('', UserMeta::text($user->ID, UserMeta::CONTACT));
    }

    public function test_nothing_else_is_kept(): void
    {
        $user = self::pending();
        $ticket = Contact::ticket($user->ID);
        foreach (['nobody', '', 'a@b.invalid', "me@example.org\r\nBcc: you@example.org"] as $email) {
            $page = self::submit($ticket, $email);
            self::assertStringContainsString('This is not an email address.', $page['body'], $email);
            self::assertStringContainsString('name="logto_ticket"', $page['body'], 'another try');
        }

        [$user_id, $expires, $mac] = explode('.', $ticket);
        $old = $user_id . '.' . (time() - 1) . '.' . $mac;
        $other = $this->user()->ID . '.' . $expires . '.' . $mac;
        foreach (['', 'invented', $old, $other, Contact::ticket($this->admin()->ID)] as $invented) {
            $page = self::submit($invented, 'me@example.org');
            self::assertSame(400, $page['status']);
            self::assertStringContainsString('<code>state_expired</code>', $page['body']);
        }

        self::assertSame('', UserMeta::text($user->ID, UserMeta::CONTACT));
    }

    private static function pending(): \WP_User
    {
        $members = ['identity' => DingtalkVisit::identity(), 'pending' => true, 'email' => self::PLACEHOLDER];

        return new \WP_User((int) NewUser::create(self::create_user($members))->user_id);
    }

    /**
     * @return array{status: int, body: string}
     */
    private static function submit(string $ticket, string $email): array
    {
        $page = Program::page('wp-login.php', ['action' => 'logto_contact'], ['settings' => self::SETTINGS, 'post' => ['logto_ticket' => $ticket, 'logto_email' => $email]]);
        // Another process has stored it.
        wp_cache_flush();

        return $page;
    }
}
