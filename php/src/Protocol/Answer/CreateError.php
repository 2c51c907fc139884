<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * Why no user was created.
 */
enum CreateError: string
{
    /** Every proposed username is taken. */
    case LoginTaken = 'login_taken';

    /** Another plugin bans the visitor's address. */
    case Banned = 'banned';

    /** Another plugin refused what the provider told. */
    case Refused = 'refused';

    case Failed = 'failed';
}
