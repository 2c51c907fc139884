<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * What the page of a pending connection asks for.
 */
enum ConnectStep: string
{
    /** A proof that the account is the visitor's. */
    case Prove = 'prove';

    /** The same, after a mail was asked for. */
    case Mailed = 'mailed';

    /** The confirmation of the signed-in user. */
    case Confirm = 'confirm';

    /** The confirmation of whoever opened the mailed link. */
    case ConfirmMailed = 'confirm_mailed';
}
