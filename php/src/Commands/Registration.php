<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

/**
 * The commands below `wp logto`.
 */
final class Registration
{
    /**
     * Action `cli_init`
     */
    public static function register(): void
    {
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
