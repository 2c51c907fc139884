<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\SignIn\SignInLink;
use LogtoSignIn\Support\Input;

/**
 * `wp logto sign-in-link`
 */
final class LinkCommand
{
    /**
     * Prints a link that signs a user in once, within ten minutes, for an administrator who is locked out.
     *
     * The page asks before it signs in, so that a preview of the link does not use it up.
     *
     * ## OPTIONS
     *
     * <user>
     * : Username, email address or ID.
     *
     * ## EXAMPLES
     *
     *     wp logto sign-in-link admin
     *
     * @param array<array-key, mixed> $arguments
     */
    public static function run(array $arguments): void
    {
        $user = Output::user(Input::string($arguments, '0'));
        if (UserMeta::is_pending($user->ID)) {
            Output::fail('account_pending');
        }

        \WP_CLI::line(SignInLink::create($user));
    }
}
