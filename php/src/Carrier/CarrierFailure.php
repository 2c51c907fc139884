<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

/**
 * The core could not be reached, or did not answer as the protocol says. The message is for the log.
 */
final class CarrierFailure extends \RuntimeException
{
}
