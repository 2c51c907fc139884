<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The database refused a query that a decision depends on. The message is for the log.
 */
final class DatabaseFailure extends \RuntimeException
{
}
