<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * No transport can work on this server. The message says why, for the log.
 */
final class TransportUnavailable extends \RuntimeException
{
}
