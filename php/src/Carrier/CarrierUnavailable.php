<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

/**
 * No carrier can work on this server. The message says why, for the log.
 */
final class CarrierUnavailable extends \RuntimeException
{
}
