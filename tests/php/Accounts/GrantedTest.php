<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\GrantsByIssuer;
use LogtoSignIn\Tests\TestCase;

/**
 * What is remembered of the gifts of a mapping.
 */
final class GrantedTest extends TestCase
{
    private const ROLES = 'logto_sign_in_granted_roles';
    private const SITES = 'logto_sign_in_granted_sites';

    public function test_what_was_given_is_remembered_until_nothing_is_left(): void
    {
        $user = $this->user();

        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm('issuer', ['editor', 'author']));
        Granted::keep_memberships($user->ID, Granted::memberships($user->ID)->confirm('issuer', ['2', '3']));
        self::assertSame(['editor', 'author'], Granted::roles($user->ID)->of('issuer'));
        self::assertSame(['2', '3'], Granted::memberships($user->ID)->of('issuer'));

        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm('issuer', []));
        Granted::keep_memberships($user->ID, Granted::memberships($user->ID)->confirm('issuer', []));
        self::assertSame([[], []], [get_user_meta($user->ID, self::ROLES), get_user_meta($user->ID, self::SITES)]);
    }

    /**
     * Fault S10: one list for all sites and issuers, so that a sign-in anywhere took back what others had given.
     */
    public function test_fault_s10_every_site_and_every_issuer_remembers_its_own(): void
    {
        $user = $this->user();
        $elsewhere = GrantsByIssuer::read(null)->confirm('issuer', ['editor'])->stored();
        update_user_meta($user->ID, self::ROLES, [4_000 => $elsewhere]);

        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm('issuer', ['author'])->confirm('other', ['author', 'editor']));

        self::assertSame([['author'], ['author', 'editor']], [Granted::roles($user->ID)->of('issuer'), Granted::roles($user->ID)->of_others('issuer')]);
        self::assertSame(['editor'], Granted::roles($user->ID)->only_of(['other']));
        self::assertSame($elsewhere, get_user_meta($user->ID, self::ROLES, true)[4_000]);
        self::assertSame([4_000, get_current_blog_id()], Granted::sites_with_roles($user->ID));
    }

    public function test_what_version_0_1_kept_belongs_to_who_decides_next(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, self::ROLES, [get_current_blog_id() => ['editor']]);
        update_user_meta($user->ID, self::SITES, [2, 3]);

        self::assertSame([['editor'], []], [Granted::roles($user->ID)->of('any'), Granted::roles($user->ID)->of_others('any')]);
        self::assertSame([['2', '3'], []], [Granted::memberships($user->ID)->of('any'), Granted::memberships($user->ID)->of_others('any')]);

        Granted::keep_roles($user->ID, Granted::roles($user->ID)->confirm('issuer', ['editor']));
        self::assertSame([['editor'], []], [Granted::roles($user->ID)->of('issuer'), Granted::roles($user->ID)->of('any')]);
    }

    public function test_the_days_of_what_version_0_1_kept_begin_when_it_is_kept_anew(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, self::ROLES, [get_current_blog_id() => ['editor']]);
        self::assertSame([], Granted::roles($user->ID)->not_confirmed_since(time() - 60));

        Granted::keep_roles($user->ID, Granted::roles($user->ID));
        $entry = get_user_meta($user->ID, self::ROLES, true)[get_current_blog_id()][''];
        self::assertSame(['editor'], $entry['given']);
        self::assertEqualsWithDelta(time(), $entry['confirmed'], 5);
    }

    public function test_a_confirmation_is_written_once_an_hour(): void
    {
        $before = ['issuer' => ['given' => ['editor'], 'confirmed' => time() - 1800]];
        self::assertSame($before, GrantsByIssuer::read($before)->confirm('issuer', ['editor'])->stored());

        $before['issuer']['confirmed'] = time() - 4000;
        $after = GrantsByIssuer::read($before)->confirm('issuer', ['editor'])->stored();
        self::assertEqualsWithDelta(time(), $after['issuer']['confirmed'], 5);
    }

    public function test_meta_of_another_shape_gave_nothing(): void
    {
        // A wrong type switched the sign-in off.
        $user = $this->user();
        foreach (['text', '1', [[1]], [get_current_blog_id() => 'editor'], [get_current_blog_id() => ['i' => ['given' => 'editor']]], new \stdClass()] as $junk) {
            update_user_meta($user->ID, self::ROLES, $junk);
            update_user_meta($user->ID, self::SITES, is_array($junk) ? [1.5, true, $junk] : $junk);
            self::assertSame([[], []], [Granted::roles($user->ID)->of('issuer'), Granted::memberships($user->ID)->of('issuer')]);
        }
    }
}
