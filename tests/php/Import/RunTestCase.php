<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Import\Run;

/**
 * A site that used the official Logto plugin, with a thousand users.
 */
abstract class RunTestCase extends LogtoPluginTestCase
{
    /**
     * Every kind of link among a thousand users.
     *
     * @return array<string, int> What an import makes of them.
     */
    protected function thousand(): array
    {
        $users = $this->logto_plugin->users(1000);
        $subject = LogtoPluginSite::subject(...);
        foreach ($users as $number => $user_id) {
            match (true) {
                $number < 2 => $this->logto_plugin->link($user_id, 'two-users'),
                $number < 5 => $this->logto_plugin->link($user_id, 'three-users'),
                $number === 5 => $this->logto_plugin->link($user_id, 'of-another'),
                $number === 6 => $this->logto_plugin->link($user_id, 'linked-already'),
                $number === 7 => $this->logto_plugin->link($user_id, 'second-account'),
                $number === 8 => $this->logto_plugin->link($user_id, $subject(8), 'another-subject'),
                $number === 9 => $this->logto_plugin->link($user_id, ''),
                $number === 10 => $this->logto_plugin->link($user_id, 'a:0:{}'),
                $number === 11 => $this->logto_plugin->link($user_id, str_repeat('x', 300)),
                $number === 12 => $this->logto_plugin->link($user_id, 'an-administrator'),
                $number === 13 => $this->logto_plugin->link($user_id + 1_000_000, 'of-nobody'),
                $number === 14 => $this->logto_plugin->link($user_id, $subject(14), $subject(14)),
                $number === 15 => $this->logto_plugin->link($user_id, 'Capitals'),
                $number === 16 => $this->logto_plugin->link($user_id, 'cAPITALS'),
                default => $this->logto_plugin->link($user_id, $subject($number)),
            };
        }

        $this->logto_plugin->write();
        (new \WP_User($users[12]))->set_role('administrator');
        self::assertTrue(IdentityRow::take(self::identity('of-another'), $users[900]));
        self::assertTrue(IdentityRow::take(self::identity('linked-already'), $users[6]));
        self::assertTrue(IdentityRow::take(self::identity('first-account'), $users[7]));
        // The user of 900 has another account now, and of a link of a user who is gone, nothing stays in the way.
        self::assertTrue(IdentityRow::take(self::identity($subject(901)), $users[901] + 1_000_000));

        return ['already_linked' => 1, 'ambiguous' => 5, 'has_other_subject' => 4, 'linked_to_other' => 1, 'new' => 985, 'privileged' => 1, 'unusable' => 3, 'user_missing' => 1];
    }

    /**
     * @return array<string, int>
     */
    protected static function complete(string $kind, bool $privileged = false): array
    {
        self::assertTrue(Run::begin($kind, $privileged));
        Run::resume(INF);
        $run = Run::run();
        self::assertTrue($run['finished']);
        self::assertArrayNotHasKey('error', $run);
        $counts = $run['counts'];
        ksort($counts);

        return $counts;
    }
}
