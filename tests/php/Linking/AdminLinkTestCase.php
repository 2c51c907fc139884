<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Linking;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Tests\TestCase;

/**
 * Two users, and the way to sign in of one of them.
 */
abstract class AdminLinkTestCase extends TestCase
{
    /**
     * @return array{\WP_User, \WP_User, string} Two users, and the way of the first.
     */
    protected function two_users(): array
    {
        $this->store(self::SETTINGS);
        [$first, $second] = [$this->user('first'), $this->user('second')];
        Identities::link(self::identity(), $first->ID);

        return [$first, $second, (string) Identities::of_user($first->ID)[0]['id']];
    }
}
