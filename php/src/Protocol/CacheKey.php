<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * The members of `cache` in a request.
 */
enum CacheKey: string
{
    /** The metadata of the provider. */
    case Discovery = 'discovery';

    /** The signing keys of the provider. */
    case Jwks = 'jwks';

    /** That the provider did not answer. */
    case Failure = 'failure';
}
