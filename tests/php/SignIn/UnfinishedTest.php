<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\Completion;
use LogtoSignIn\SignIn\Unfinished;

/**
 * What is kept of an unfinished sign-in, and for how long.
 */
final class UnfinishedTest extends CompletionTestCase
{
    public function test_the_newest_sign_in_counts_and_the_oldest_is_dropped(): void
    {
        Completion::prepare($this->outcome(), Provider::Logto)->postpone();
        $first = UserMeta::text($this->user->ID, UserMeta::UNFINISHED);
        Completion::prepare($this->outcome(), Provider::Dingtalk)->postpone();

        $kept = get_user_meta($this->user->ID, UserMeta::UNFINISHED);
        self::assertCount(1, $kept);
        self::assertNotSame($first, $kept[0]);
        self::assertSame(Provider::Dingtalk, Unfinished::read($kept[0])?->provider);
        self::assertEquals($this->outcome(), Unfinished::read($kept[0])?->outcome);

        Completion::drop($this->user->ID);
        self::assertSame([], get_user_meta($this->user->ID, UserMeta::UNFINISHED));
    }

    public function test_a_session_that_began_in_the_interrupted_request_is_not_older(): void
    {
        $completion = Completion::prepare($this->outcome(), Provider::Logto);
        $token = $this->pass_login();
        sleep(1);
        $completion->postpone();

        $began = Unfinished::read(UserMeta::text($this->user->ID, UserMeta::UNFINISHED))?->began;
        self::assertLessThanOrEqual(\WP_Session_Tokens::get_instance($this->user->ID)->get($token)['login'], $began);
    }

    public function test_what_cannot_be_read_is_dropped(): void
    {
        foreach (['junk', '[]', '{"outcome":{"type":"about"}}', '{"outcome":{"type":"signed_in"},"provider":"logto"}'] as $junk) {
            update_user_meta($this->user->ID, UserMeta::UNFINISHED, wp_slash($junk));
            $this->pass_login();

            Completion::resume(wp_get_current_user());

            self::assertSame([], get_user_meta($this->user->ID, UserMeta::UNFINISHED), $junk);
        }
    }
}
