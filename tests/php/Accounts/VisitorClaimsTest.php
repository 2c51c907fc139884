<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\VisitorClaims;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Tests\TestCase;

final class VisitorClaimsTest extends TestCase
{
    public function test_claims_are_asked_for_where_somebody_reads_them(): void
    {
        self::assertFalse(Site::describe()['reads_claims']);

        add_action('logto_sign_in_claims', '__return_null');

        self::assertTrue(Site::describe()['reads_claims']);
    }

    public function test_a_sign_in_without_claims_asks_and_tells_nobody(): void
    {
        $user = $this->user();
        $asked = 0;
        $count = static function (mixed $value) use (&$asked): mixed {
            ++$asked;

            return $value;
        };
        add_filter('logto_sign_in_profile', $count);
        add_action('logto_sign_in_claims', $count);
        $outcome = self::outcome($user, new Profile(display_name: 'Ann'), null);

        self::assertSame($outcome, VisitorClaims::of_known_user($outcome));
        VisitorClaims::tell($user, $outcome);

        self::assertSame(0, $asked);
    }

    /**
     * @dataProvider changes
     *
     * @param array<string, mixed> $expected
     */
    public function test_a_plugin_changes_what_is_written(mixed $returned, array $expected): void
    {
        $user = $this->user();
        $profile = new Profile(display_name: 'Ann', email: 'ann@example.org', dingtalk: 'a mark', organizations: 'o1', meta: ['team' => 'red']);
        $seen = null;
        add_filter('logto_sign_in_profile', static function (array $fields) use (&$seen, $returned): mixed {
            $seen = $fields;

            return $returned;
        });

        $filtered = VisitorClaims::of_known_user(self::outcome($user, $profile, ['sub' => 'x']));

        self::assertInstanceOf(SignedIn::class, $filtered);
        self::assertSame(['display_name' => 'Ann', 'email' => 'ann@example.org', 'meta' => ['team' => 'red']], $seen);
        self::assertEquals($expected + ['dingtalk' => 'a mark', 'organizations' => 'o1'], $filtered->profile?->fields() + ['meta' => $filtered->profile?->meta]);
    }

    /**
     * @return array<string, array{mixed, array<string, mixed>}>
     */
    public static function changes(): array
    {
        return [
            'another name' => [['display_name' => 'Bob', 'email' => 'ann@example.org', 'meta' => ['team' => 7, 'on' => true]], ['display_name' => 'Bob', 'email' => 'ann@example.org', 'meta' => ['team' => '7', 'on' => '1']]],
            'nothing' => [[], ['meta' => []]],
            'an address that nobody verified' => [['email' => 'boss@example.org'], ['meta' => []]],
            'marks of the plugin' => [['dingtalk' => 'forged', 'organizations' => 'o9', 'unknown' => 'x'], ['meta' => []]],
            'no values' => [['display_name' => ['a'], 'meta' => 'x'], ['meta' => []]],
            'nonsense' => [null, ['display_name' => 'Ann', 'email' => 'ann@example.org', 'meta' => ['team' => 'red']]],
        ];
    }

    public function test_a_plugin_refuses_a_known_user(): void
    {
        $user = $this->user();
        add_filter('logto_sign_in_profile', static fn(): \WP_Error => new \WP_Error('example', 'Not you.'));

        $refused = VisitorClaims::of_known_user(self::outcome($user, new Profile(), []));

        self::assertInstanceOf(\WP_Error::class, $refused);
        self::assertSame('Not you.', $refused->get_error_message());
    }

    /**
     * @param null|array<string, mixed> $claims
     */
    private static function outcome(\WP_User $user, Profile $profile, null|array $claims): SignedIn
    {
        return new SignedIn($user->ID, true, '', $profile, null, null, 'hash', [], $claims);
    }
}
