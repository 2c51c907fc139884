<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Tests\TestCase;

require_once __DIR__ . '/LogtoPluginSite.php';

/**
 * A site that used the official Logto plugin.
 */
abstract class LogtoPluginTestCase extends TestCase
{
    protected LogtoPluginSite $logto_plugin;

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        $this->logto_plugin = new LogtoPluginSite();
    }

    protected function tearDown(): void
    {
        $this->logto_plugin->clean();
        parent::tearDown();
    }

    /**
     * Two users to be linked, two with one subject, and an administrator.
     */
    protected function five(): void
    {
        $users = $this->logto_plugin->users(5);
        foreach (['first', 'second', '<script>alert(1)</script>', '<script>alert(1)</script>', 'boss'] as $number => $subject) {
            $this->logto_plugin->link($users[$number], $subject);
        }

        $this->logto_plugin->write();
        (new \WP_User($users[4]))->set_role('administrator');
    }
}
