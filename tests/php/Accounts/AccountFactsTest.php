<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Protocol\Answer;
use LogtoSignIn\Protocol\Answer\EmailMatch;
use LogtoSignIn\Tests\TestCase;

/**
 * What the core is told about a user.
 */
final class AccountFactsTest extends TestCase
{
    public function test_the_user_of_an_identity_is_described(): void
    {
        $user = $this->user('known', 'author');
        $user->add_role('editor');
        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm(self::identity()->issuer_hash, ['editor'])->confirm('another', ['author']));
        IdentityRow::take(self::identity(), $user->ID);

        $facts = AccountFacts::of(Identities::find_user(self::identity()), self::identity()->issuer_hash);

        $sites = is_multisite() ? [get_current_blog_id()] : [];
        self::assertEquals(new Answer\AccountFacts($user->ID, false, ['author', 'editor'], ['editor'], ['author'], false, $sites, [], []), $facts);
    }

    public function test_lists_stay_lists_whatever_wordpress_keeps(): void
    {
        $user = $this->user('known', 'author');
        $user->add_role('editor');
        $user->remove_role('author');
        update_user_meta($user->ID, 'logto_sign_in_granted_roles', [get_current_blog_id() => [3 => 'editor', 5 => 7]]);
        update_user_meta($user->ID, 'logto_sign_in_granted_sites', [2 => 9, 4 => '9', 5 => null]);

        $json = (string) json_encode(AccountFacts::of($user->ID, 'issuer'));

        self::assertStringContainsString('"roles":["editor"],"granted_roles":["editor"]', $json);
        self::assertStringContainsString('"granted_sites":[9]', $json);
    }

    public function test_nobody_has_no_id(): void
    {
        self::assertEquals(new Answer\AccountFacts(null), AccountFacts::of(null, 'issuer'));
        self::assertEquals(new Answer\AccountFacts(null), AccountFacts::of(4_000_000, 'issuer'));
        self::assertNull(AccountFacts::email_match('nobody@example.org', self::identity())->user_id);
        self::assertNull(AccountFacts::email_match('', self::identity())->user_id);
    }

    public function test_the_user_of_an_email_address_is_described(): void
    {
        $user = $this->user('candidate');
        $boss = $this->user('boss', 'administrator');

        self::assertEquals(new EmailMatch($user->ID, false, false), AccountFacts::email_match('Candidate@example.org', self::identity()));
        self::assertEquals(new EmailMatch($boss->ID, true, false), AccountFacts::email_match('boss@example.org', self::identity()));
    }

    public function test_an_identity_of_the_same_issuer_counts_as_linked(): void
    {
        $user = $this->user('candidate');
        IdentityRow::take(self::identity('another'), $user->ID);
        $linked = static fn(string $subject, string $issuer = self::ISSUER): bool => AccountFacts::email_match($user->user_email, self::identity($subject, $issuer))->linked;

        self::assertTrue($linked('subject'));
        self::assertFalse($linked('another'), 'the visitor has it, by another tab');
        self::assertFalse($linked('subject', 'https://other.example/oidc'));
    }
}
