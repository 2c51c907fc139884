<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Privacy\Exporter;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

final class IdentitiesTest extends TestCase
{
    public function test_a_subject_is_compared_byte_by_byte(): void
    {
        $user = $this->user();
        self::assertTrue(IdentityRow::take(self::identity('Subject')));
        self::assertTrue(IdentityRow::assign(self::identity('Subject'), $user->ID));
        foreach (['subject', 'Subject ', 'Súbject', 'Subject\\', "Subject'", ''] as $other) {
            self::assertNull(Identities::find_user(self::identity($other)), $other);
        }

        self::assertSame($user->ID, Identities::find_user(self::identity('Subject')));
    }

    public function test_a_subject_may_hold_any_character(): void
    {
        $user = $this->user();
        $subject = "ali\0ce\u{202E}nimda\u{2066}\u{1F600}";

        IdentityRow::take(self::identity($subject));
        IdentityRow::assign(self::identity($subject), $user->ID);

        self::assertSame($user->ID, Identities::find_user(self::identity($subject)));
        self::assertNull(Identities::find_user(self::identity('ali')));
    }

    public function test_another_issuer_is_another_identity(): void
    {
        // A link was not bound to its issuer.
        $user = $this->user();
        IdentityRow::take(self::identity());
        IdentityRow::assign(self::identity(), $user->ID);
        self::assertNull(Identities::find_user(self::identity(issuer: 'https://other.example/oidc')));
    }

    public function test_an_identity_is_claimed_once(): void
    {
        self::assertTrue(IdentityRow::take(self::identity()));
        self::assertFalse(IdentityRow::take(self::identity()));
    }

    public function test_a_link_is_never_given_to_somebody_else(): void
    {
        [$first, $second] = [$this->user('first'), $this->user('second')];
        IdentityRow::take(self::identity());
        self::assertTrue(IdentityRow::assign(self::identity(), $first->ID));
        self::assertFalse(IdentityRow::assign(self::identity(), $second->ID));
        self::assertSame($first->ID, Identities::find_user(self::identity()));
    }

    public function test_only_if_unlinked_links_only_while_there_is_no_other(): void
    {
        // What an e-mail address selected is linked once.
        $user = $this->user();
        $elsewhere = new Identity(self::ISSUER, hash('sha256', 'https://other.example/oidc'), 'subject');
        self::assertTrue(Identities::link($elsewhere, $user->ID, true));
        self::assertTrue(Identities::link(self::identity('first'), $user->ID, true));
        self::assertTrue(Identities::link(self::identity('first'), $user->ID, true), 'another tab of the same person');
        self::assertFalse(Identities::link(self::identity('second'), $user->ID, true));
        self::assertFalse(Identities::link(self::identity('first'), $this->user('other')->ID, true));
        self::assertTrue(Identities::link(self::identity('second'), $user->ID), 'from the profile page there may be several');
    }

    public function test_an_abandoned_claim_does_not_lock_anybody_out(): void
    {
        IdentityRow::take(self::identity());
        self::assertNull(Identities::find_user(self::identity()));
        self::assertTrue(IdentityRow::take(self::identity()));
    }

    public function test_a_deleted_user_is_forgotten(): void
    {
        // A deleted user signs in (CVE-2026-45284).
        $user = $this->user();
        IdentityRow::take(self::identity());
        IdentityRow::assign(self::identity(), $user->ID);
        is_multisite() ? wpmu_delete_user($user->ID) : wp_delete_user($user->ID);
        self::assertSame([], Identities::of_user($user->ID));
        self::assertNull(Identities::find_user(self::identity()));
    }

    public function test_a_row_without_its_user_is_cleaned_up(): void
    {
        IdentityRow::take(self::identity());
        IdentityRow::assign(self::identity(), 4_000_000);
        self::assertNull(Identities::find_user(self::identity()));
        self::assertTrue(IdentityRow::take(self::identity()));
    }

    public function test_personal_data_can_be_exported_and_erased(): void
    {
        // Personal data had no eraser.
        $user = $this->user();
        IdentityRow::take(self::identity());
        IdentityRow::assign(self::identity(), $user->ID);
        Identities::signed_in($user->ID, self::identity()->issuer_hash);

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
        self::assertSame(StateUse::First, UsedStates::mark('test-again', time() - 1));
        UsedStates::mark('test-sweep', time() - 1);
        Tables::database()->delete(Tables::used_states(), ['state_key' => hash('sha256', 'test-sweep')]);
    }
}
