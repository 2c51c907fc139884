<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * Why there is no HTTP response.
 */
enum HttpError: string
{
    case Timeout = 'timeout';
    case Connection = 'connection';
    case Tls = 'tls';
    case TooLarge = 'too_large';

    /** WordPress sends no request to this address. */
    case Blocked = 'blocked';

    /** The same request is under way, and is sent once at a time. */
    case Busy = 'busy';
}
