<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Buttons\Labels;
use LogtoSignIn\Protocol\Effect\FindSamePerson;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Tests\TestCase;

/**
 * One person at Logto and at DingTalk itself.
 */
final class DingtalkClaimTest extends TestCase
{
    private const CLAIM = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

    private const NOW = 1_800_000_000;

    /**
     * Fault C31: one person became two accounts.
     */
    public function test_fault_c31_the_user_whom_logto_named_is_found_by_dingtalk(): void
    {
        $user = $this->user('lisi', 'subscriber');
        Identities::link(self::logto(), $user->ID);
        UserMeta::update($user->ID, new Profile(dingtalk: self::CLAIM . ' ' . self::NOW));

        $found = (new Handler())->find_same_person(self::asked());

        self::assertSame([$user->ID, false, false], [$found->user_id, $found->privileged, $found->linked]);
    }

    public function test_fault_c31_the_user_of_dingtalk_is_found_by_logto(): void
    {
        $user = $this->user('boss', 'editor');
        Identities::link(self::dingtalk(), $user->ID);
        Identities::link(new Identity(self::ISSUER, hash('sha256', self::ISSUER), 'another subject'), $user->ID);

        $found = (new Handler())->find_same_person(new FindSamePerson(self::logto(), self::dingtalk(), null, '', 0));

        self::assertSame([$user->ID, true, true], [$found->user_id, $found->privileged, $found->linked]);
    }

    public function test_a_word_that_is_old_or_of_a_disconnected_identity_counts_for_nothing(): void
    {
        $user = $this->user('lisi', 'subscriber');
        UserMeta::update($user->ID, new Profile(dingtalk: self::CLAIM . ' ' . self::NOW));
        $find = static fn(int $since): null|int => (new Handler())->find_same_person(self::asked($since))->user_id;

        self::assertNull($find(0), 'no identity of the issuer that said so');
        Identities::link(self::logto(), $user->ID);
        self::assertSame($user->ID, $find(self::NOW));
        self::assertNull($find(self::NOW + 1), 'too old');
        UserMeta::update($user->ID, new Profile(dingtalk: ''));
        self::assertNull($find(0), 'Logto no longer says so');
    }

    public function test_a_word_about_two_users_names_nobody(): void
    {
        foreach (['one', 'two'] as $name) {
            $user = $this->user($name, 'subscriber');
            Identities::link(new Identity(self::ISSUER, hash('sha256', self::ISSUER), $name), $user->ID);
            UserMeta::update($user->ID, new Profile(dingtalk: self::CLAIM . ' ' . self::NOW));
        }

        self::assertNull((new Handler())->find_same_person(self::asked())->user_id);
    }

    /**
     * Fault C31: two buttons had the same label.
     */
    public function test_fault_c31_the_two_buttons_have_labels_of_their_own(): void
    {
        $this->store(['connectors' => 'social:dingtalk'] + self::SETTINGS);
        self::assertSame('Continue with DingTalk', Labels::label('social:dingtalk'));

        $this->store(['connectors' => 'social:dingtalk', 'dingtalk_client_id' => 'id', 'dingtalk_client_secret' => 'secret'] + self::SETTINGS);
        self::assertSame('Continue with DingTalk through Logto', Labels::label('social:dingtalk'));
        self::assertSame('Continue with DingTalk', Labels::label('dingtalk'));
        ob_start();
        \LogtoSignIn\Admin\DingtalkSettings::steps();
        self::assertStringContainsString('notice-warning', (string) ob_get_clean());
    }

    private static function asked(int $since = 0): FindSamePerson
    {
        return new FindSamePerson(self::dingtalk(), null, self::CLAIM, hash('sha256', self::ISSUER), $since);
    }

    private static function logto(): Identity
    {
        return new Identity(self::ISSUER, hash('sha256', self::ISSUER), 'logto subject');
    }

    private static function dingtalk(): Identity
    {
        return new Identity(Provider::DINGTALK_ISSUER, hash('sha256', Provider::DINGTALK_ISSUER), 'union');
    }
}
