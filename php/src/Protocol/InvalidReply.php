<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * A reply of the core is not what the protocol says. The message names the member, never its value, and is for the log.
 */
final class InvalidReply extends \RuntimeException
{
}
