<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Claim;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Core\Effects;
use LogtoSignIn\Privacy\Exporter;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

final class IdentitiesTest extends TestCase
{
    public function test_a_subject_is_compared_byte_by_byte(): void
    {
        $user = $this->user();
        self::assertTrue(Claim::take(self::identity('Subject')));
        self::assertTrue(Claim::assign(self::identity('Subject'), $user->ID));
        foreach (['subject', 'Subject ', 'Súbject', 'Subject\\', "Subject'", ''] as $other) {
            self::assertNull(Identities::find_user(self::identity($other)), $other);
        }

        self::assertSame($user->ID, Effects::perform(['type' => 'look_up'] + self::identity('Subject'))['user_id']);
        self::assertSame(['user_id' => null], Effects::perform(['type' => 'look_up'] + self::identity('subject')));
    }

    public function test_another_issuer_is_another_identity(): void
    {
        // A link was not bound to its issuer.
        $user = $this->user();
        Claim::take(self::identity());
        Claim::assign(self::identity(), $user->ID);
        self::assertNull(Identities::find_user(['issuer_hash' => hash('sha256', 'https://other.example/oidc')] + self::identity()));
    }

    public function test_an_identity_is_claimed_once(): void
    {
        self::assertTrue(Claim::take(self::identity()));
        self::assertFalse(Claim::take(self::identity()));
    }

    public function test_a_link_is_never_given_to_somebody_else(): void
    {
        [$first, $second] = [$this->user('first'), $this->user('second')];
        Claim::take(self::identity());
        self::assertTrue(Claim::assign(self::identity(), $first->ID));
        self::assertFalse(Claim::assign(self::identity(), $second->ID));
        self::assertSame($first->ID, Identities::find_user(self::identity()));
    }

    public function test_a_sole_link_is_given_only_while_there_is_no_other(): void
    {
        // What an e-mail address selected is linked once.
        $user = $this->user();
        $elsewhere = ['issuer' => self::ISSUER, 'issuer_hash' => hash('sha256', 'https://other.example/oidc'), 'subject' => 'subject'];
        self::assertTrue(Identities::link($elsewhere, $user->ID, true));
        self::assertTrue(Identities::link(self::identity('first'), $user->ID, true));
        self::assertTrue(Identities::link(self::identity('first'), $user->ID, true), 'another tab of the same person');
        self::assertFalse(Identities::link(self::identity('second'), $user->ID, true));
        self::assertFalse(Identities::link(self::identity('first'), $this->user('other')->ID, true));
        self::assertTrue(Identities::link(self::identity('second'), $user->ID), 'from the profile page there may be several');
    }

    public function test_an_abandoned_claim_does_not_lock_anybody_out(): void
    {
        Claim::take(self::identity());
        self::assertNull(Identities::find_user(self::identity()));
        self::assertTrue(Claim::take(self::identity()));
    }

    public function test_a_deleted_user_is_forgotten(): void
    {
        // A deleted user signs in (CVE-2026-45284).
        $user = $this->user();
        Claim::take(self::identity());
        Claim::assign(self::identity(), $user->ID);
        is_multisite() ? wpmu_delete_user($user->ID) : wp_delete_user($user->ID);
        self::assertSame([], Identities::of_user($user->ID));
        self::assertNull(Identities::find_user(self::identity()));
    }

    public function test_a_row_without_its_user_is_cleaned_up(): void
    {
        Claim::take(self::identity());
        Claim::assign(self::identity(), 4_000_000);
        self::assertNull(Identities::find_user(self::identity()));
        self::assertTrue(Claim::take(self::identity()));
    }

    public function test_a_state_is_spent_once(): void
    {
        $key = 'test-' . wp_generate_password(20, false);
        $spend = ['type' => 'spend', 'key' => $key, 'expires' => time() + 1];
        self::assertSame(['fresh' => true], Effects::perform($spend));
        self::assertSame(['fresh' => false], Effects::perform($spend));
        self::assertFalse(UsedStates::mark('', time() + 60));
        Tables::database()->delete(Tables::used_states(), ['state_key' => hash('sha256', $key)]);
    }

    public function test_spent_states_are_swept_when_they_are_too_old_to_matter(): void
    {
        UsedStates::mark('test-old', time() - 10);
        UsedStates::mark('test-new', time() + 2);
        $count = 'SELECT COUNT(*) FROM ' . Tables::used_states() . ' WHERE state_key = %s';
        $count_of = static fn(string $key) => (int) Tables::database()->get_var(Tables::database()->prepare($count, hash('sha256', $key)));
        self::assertSame([0, 1], [$count_of('test-old'), $count_of('test-new')]);
        Tables::database()->delete(Tables::used_states(), ['state_key' => hash('sha256', 'test-new')]);
    }

    public function test_personal_data_can_be_exported_and_erased(): void
    {
        // Personal data had no eraser.
        $user = $this->user();
        Claim::take(self::identity());
        Claim::assign(self::identity(), $user->ID);
        Identities::signed_in($user->ID, self::identity()['issuer_hash']);

        $export = Exporter::export($user->user_email);
        self::assertStringContainsString('"subject"', (string) json_encode($export));
        self::assertSame('', (string) Tables::database()->last_error);
        self::assertTrue(Exporter::erase($user->user_email)['items_removed']);
        self::assertSame([], Exporter::export($user->user_email)['data']);
        self::assertFalse(Exporter::erase('nobody@example.org')['items_removed']);
        self::assertArrayHasKey('logto-sign-in', apply_filters('wp_privacy_personal_data_exporters', []));
        self::assertArrayHasKey('logto-sign-in', apply_filters('wp_privacy_personal_data_erasers', []));
    }

    public function test_the_tables_are_made_again_when_they_are_missing(): void
    {
        Tables::drop_used_states();
        delete_site_option('logto_sign_in_schema');
        Tables::upgrade();
        self::assertTrue(UsedStates::mark('test-again', time() - 1));
        UsedStates::mark('test-sweep', time() - 1);
        Tables::database()->delete(Tables::used_states(), ['state_key' => hash('sha256', 'test-sweep')]);
    }
}
