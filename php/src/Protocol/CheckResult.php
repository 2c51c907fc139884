<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * How a check went.
 */
enum CheckResult: string
{
    /** As it should be. */
    case Passed = 'passed';

    /** Visitors cannot sign in, or out, like this. */
    case Failed = 'failed';

    /** The provider does not say. */
    case Unknown = 'unknown';
}
