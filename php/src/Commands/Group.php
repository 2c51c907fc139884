<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

/**
 * A word that commands begin with. WP-CLI takes each public method of any other class for a command.
 */
final class Group extends \WP_CLI\Dispatcher\CommandNamespace
{
}
