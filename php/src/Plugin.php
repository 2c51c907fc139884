<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * What this plugin is.
 */
final class Plugin
{
    public const VERSION = '0.1.0';
}
