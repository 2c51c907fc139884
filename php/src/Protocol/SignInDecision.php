<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * Whose account a sign-in is for.
 */
enum SignInDecision: string
{
    /** The account that has the identity. */
    case SignIn = 'sign_in';

    /** The account of the same person at the other provider, which gets the identity. */
    case Connect = 'connect';

    /** Its owner decides: an account has the visitor's email address. */
    case Ask = 'ask';

    /** A new one. */
    case Create = 'create';

    /** Nobody's. */
    case Refuse = 'refuse';
}
