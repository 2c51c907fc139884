<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * The core was not reached, or its reply did not arrive whole. The message is for the log.
 */
final class TransportFailure extends \RuntimeException
{
}
