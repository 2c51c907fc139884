<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Approval;

use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Tests\TestCase;

/**
 * A site where new accounts wait for an administrator.
 */
abstract class ApprovalTestCase extends TestCase
{
    /** @var list<array<string, mixed>> */
    protected array $mails = [];

    protected function setUp(): void
    {
        parent::setUp();
        $this->mails = [];
        add_filter('send_auth_cookies', '__return_false');
        add_filter('pre_wp_mail', function ($done, array $mail) {
            if ($done === null) {
                $this->mails[] = $mail;
            }

            return true;
        }, 999, 2);
    }

    /**
     * @param array<string, mixed> $other
     */
    protected static function pending(array $other = []): \WP_User
    {
        $created = NewUser::create(self::create_user($other + ['pending' => true, 'roles' => ['subscriber']]));
        self::assertIsInt($created->user_id);

        return new \WP_User($created->user_id);
    }
}
