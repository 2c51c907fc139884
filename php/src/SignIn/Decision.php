<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

/**
 * What becomes of a visit of the login page.
 */
enum Decision
{
    /** The visitor goes on to the provider at once. */
    case Redirect;

    /** The visitor sees the page. */
    case ShowForm;

    /** A browser looks ahead: nothing happens. */
    case Wait;

    /** The visitor signed in a moment ago and is not signed in: another redirect would go round for ever. */
    case LoopDetected;
}
