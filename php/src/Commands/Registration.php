<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

/**
 * The commands below `wp logto`.
 */
final class Registration
{
    /** What `wp help` says about the words that commands begin with. WP-CLI itself speaks English. */
    private const GROUPS = [
        'logto' => 'Looks after sign-ins with Logto and DingTalk.',
        'logto settings' => 'Reads and changes the settings.',
        'logto users' => 'Connects, disconnects and approves users.',
        'logto activity' => 'Shows what happened at sign-ins.',
        'logto cache' => 'Empties the cache.',
    ];

    /**
     * Action `cli_init`. Groups come first: WP-CLI describes none that has a command already.
     */
    public static function register(): void
    {
        foreach (self::GROUPS as $name => $description) {
            \WP_CLI::add_command($name, Group::class, ['shortdesc' => $description, 'longdesc' => '']);
        }

        $commands = [
            'import' => [ImportCommand::class, 'run'],
            'transports' => [TransportsCommand::class, 'run'],
            'status' => [Status::class, 'run'],
            'check' => [Check::class, 'run'],
            'addresses' => [Status::class, 'addresses'],
            'settings get' => [SettingsCommand::class, 'get'],
            'settings set' => [SettingsCommand::class, 'set'],
            'settings export' => [SettingsFiles::class, 'export'],
            'settings import' => [SettingsFiles::class, 'import'],
            'users list' => [UsersCommand::class, 'list'],
            'users link' => [IdentityCommand::class, 'link'],
            'users unlink' => [IdentityCommand::class, 'unlink'],
            'users approve' => [UsersCommand::class, 'approve'],
            'activity list' => [ActivityCommand::class, 'list'],
            'cache clear' => [Status::class, 'clear_cache'],
            'login-form' => [LoginForm::class, 'run'],
            'sign-in-link' => [LinkCommand::class, 'run'],
        ];
        foreach ($commands as $name => $command) {
            \WP_CLI::add_command('logto ' . $name, $command);
        }
    }
}
