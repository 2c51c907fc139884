<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Claim;
use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Core\Effects;
use LogtoSignIn\Tests\TestCase;

/**
 * The answers that say who somebody is, in the shapes of wasm/src/protocol/effect.rs.
 */
final class AccountFactsTest extends TestCase
{
    public function test_who_is_found_is_described_whole(): void
    {
        $user = $this->user('known', 'author');
        $user->add_role('editor');
        Granted::keep_roles($user->ID, ['editor']);
        Claim::take(self::identity(), $user->ID);
        $found = Effects::perform(['type' => 'look_up'] + self::identity());

        self::assertSame(self::fields('Found'), array_keys($found));
        $expected = [
            'user_id' => $user->ID,
            'pending' => false,
            'roles' => ['author', 'editor'],
            'granted_roles' => ['editor'],
            'last_administrator' => false,
            'sites' => is_multisite() ? [get_current_blog_id()] : [],
            'granted_sites' => [],
        ];
        self::assertSame($expected, $found);
    }

    public function test_lists_stay_lists_whatever_wordpress_keeps(): void
    {
        $user = $this->user('known', 'author');
        $user->add_role('editor');
        $user->remove_role('author');
        update_user_meta($user->ID, 'logto_sign_in_granted_roles', [get_current_blog_id() => [3 => 'editor', 5 => 7]]);
        update_user_meta($user->ID, 'logto_sign_in_granted_sites', [2 => 9, 4 => '9', 5 => null]);
        $json = (string) json_encode(AccountFacts::found($user->ID));
        self::assertStringContainsString('"roles":["editor"],"granted_roles":["editor"]', $json);
        self::assertStringContainsString('"granted_sites":[9]', $json);
    }

    public function test_nobody_is_said_and_not_left_out(): void
    {
        self::assertSame(['user_id' => null], Effects::perform(['type' => 'look_up'] + self::identity()));
        self::assertSame(['user_id' => null], AccountFacts::found(4_000_000));
        $asked = ['type' => 'find_by_email', 'email' => 'nobody@example.org', 'identity' => self::identity()];
        self::assertSame(['user_id' => null], Effects::perform($asked));
        self::assertSame(['user_id' => null], Effects::perform(['email' => ''] + $asked));
    }

    public function test_a_candidate_is_described_whole(): void
    {
        $user = $this->user('candidate');
        $asked = ['type' => 'find_by_email', 'email' => 'Candidate@example.org', 'identity' => self::identity()];
        self::assertSame(self::fields('Candidate'), array_keys(Effects::perform($asked)));
        self::assertSame(['user_id' => $user->ID, 'privileged' => false, 'linked' => false], Effects::perform($asked));

        // An address never overrides an existing link.
        Claim::take(self::identity('another'), $user->ID);
        self::assertSame(['user_id' => $user->ID, 'privileged' => false, 'linked' => true], Effects::perform($asked));
        // The visitor's own, which another tab has just linked, is no obstacle; nor is one of another issuer.
        self::assertFalse(Effects::perform(['identity' => self::identity('another')] + $asked)['linked']);
        self::assertFalse(Effects::perform(['identity' => ['issuer_hash' => hash('sha256', 'https://other.example/oidc')] + self::identity()] + $asked)['linked']);

        $boss = $this->user('boss', 'administrator');
        self::assertSame(['user_id' => $boss->ID, 'privileged' => true, 'linked' => false], Effects::perform(['email' => 'boss@example.org'] + $asked));
    }

    /**
     * The public members of a struct of the protocol, in their order.
     *
     * @return list<string>
     */
    private static function fields(string $struct): array
    {
        $source = (string) file_get_contents(dirname(__DIR__, 3) . '/wasm/src/protocol/effect.rs');
        self::assertSame(1, preg_match("/pub struct {$struct} \\{(.*?)\\n\\}/s", $source, $body));
        preg_match_all('/^    pub (\w+):/m', $body[1], $names);

        return $names[1];
    }
}
