<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Granted;
use LogtoSignIn\Accounts\GrantsByIssuer;
use LogtoSignIn\Tests\TestCase;

/**
 * Users with roles and memberships that mappings gave.
 */
abstract class RevocationTestCase extends TestCase
{
    /** The site's own administrator. */
    protected const FIRST = 1;

    protected function tearDown(): void
    {
        (new \WP_User(self::FIRST))->set_role('administrator');
        parent::tearDown();
    }

    /**
     * A user with roles on this site that mappings gave.
     *
     * @param list<string> $roles
     * @param array<string, int> $days Since each issuer confirmed what it gave.
     * @param list<list<string>> $given What each issuer gave.
     */
    protected function granted(array $roles, array $days, array $given): \WP_User
    {
        $user = $this->user('granted', $roles[0]);
        array_map($user->add_role(...), array_slice($roles, 1));
        $entries = array_map(static fn(int $days, array $given): array => ['given' => $given, 'confirmed' => time() - $days * DAY_IN_SECONDS], $days, $given);
        Granted::keep_roles($user->ID, GrantsByIssuer::read(array_combine(array_keys($days), $entries)));

        return $user;
    }

    /**
     * @return list<string>
     */
    protected static function roles(\WP_User $user): array
    {
        return array_values((new \WP_User($user->ID))->roles);
    }
}
