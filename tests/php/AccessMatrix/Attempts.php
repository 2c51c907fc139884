<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\AccessMatrix;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Commands\ImportCommand;
use LogtoSignIn\Commands\TransportsCommand;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Tests\Program;

/**
 * What the table of access tries: each with its form and a valid nonce, as the page, the command or WordPress sends it.
 */
trait Attempts
{
    /**
     * @return array{string, array<string, mixed>} The action of the nonce, and the form.
     */
    private function request(string $what, null|\WP_User $actor): array
    {
        $id = static fn(int $user_id): string => Input::to_string(Identities::of_user($user_id)[0]['id'] ?? '0');
        $sure = ['logto_confirmed' => '1', 'logto_password' => 'right password'];
        $target = ['logto_user' => (string) $this->target->ID] + $sure;
        $provider = ['endpoint' => 'https://own.example', 'app_id' => 'own', 'app_secret' => 'own', 'link_by_email' => '1'];

        return match ($what) {
            'unlink_own' => ['logto_sign_in_ways', ['logto_remove' => $id($actor->ID ?? $this->target->ID)] + $sure],
            'dismiss_reminder' => ['logto_sign_in_no_reminder', []],
            'unlink_other' => ['logto_sign_in_user_ways' . $this->target->ID, ['logto_unlink' => $id($this->target->ID)] + $target],
            'move_to_oneself' => ['logto_sign_in_user_ways' . $this->target->ID, ['logto_move' => $id($this->target->ID), 'logto_target' => $actor->user_login ?? ''] + $target],
            'unlink_many' => ['logto_sign_in_userslogto_unlink', ['logto_do' => 'logto_unlink', 'logto_users' => (string) $this->target->ID] + $sure],
            'approve' => ['logto_sign_in_userslogto_approve', ['logto_do' => 'logto_approve', 'logto_users' => (string) $this->waiting->ID] + $sure],
            'begin_custom' => ['logto_sign_in_network', ['own' => '1']],
            'end_custom' => ['logto_sign_in_network', ['inherit' => self::has_custom()]],
            'reset_site' => ['logto_sign_in_network', ['reset' => '1']],
            'save_custom' => ['logto_sign_in_custom', [Settings::OPTION => $provider, 'custom' => self::has_custom()]],
            'save_network' => ['logto_sign_in', [Settings::OPTION => $provider]],
            'dry_run', 'import', 'undo' => ['logto_sign_in_import', ['logto_import' => $what]],
            'change_addresses' => ['logto_sign_in_address', ['logto_path' => LoginPath::FRONT]],
            'check_connection' => ['logto_sign_in_check', []],
            'disconnect' => ['logto_sign_in_disconnect', ['disconnect' => 'logto', 'logto_network' => '1']],
            'export' => ['logto_sign_in_export', ['ends' => self::end_before_download()]],
            'import_file' => ['logto_sign_in_settings', ['logto_file' => '{"plugin": "logto-sign-in", "settings": {"default_role": "author"}}']],
            'save_role' => ['logto_sign_in-options', [Settings::OPTION => ['default_role' => 'author'] + self::SETTINGS]],
            'save_provider' => ['logto_sign_in-options', [Settings::OPTION => ['default_role' => 'editor'] + $provider]],
            'save_forget_box' => ['logto_sign_in-options', [Settings::OPTION => ['default_role' => 'editor'] + self::SETTINGS, Settings::DELETE_IDENTITIES_OPTION => '1']],
            'open', 'cli' => ['', []],
            'setup_save' => ['logto_sign_in_setup', ['step' => 'save', 'provider' => 'logto'] + $provider],
            'setup_turn_on' => ['logto_sign_in_setup', ['step' => 'turn_on', 'login_type' => 'pages']],
        };
    }

    /**
     * A file that is sent ends the program.
     */
    private static function end_before_download(): string
    {
        add_filter('nocache_headers', static fn() => throw new \RuntimeException('a download'));

        return '1';
    }

    /**
     * The steps of an import before this one.
     */
    private static function prepare(string $what): void
    {
        foreach (['import' => [Run::DRY_RUN], 'undo' => [Run::DRY_RUN, Run::IMPORT]][$what] ?? [] as $step) {
            Run::begin($step);
            Run::resume(INF);
        }
    }

    /**
     * @param array<string, mixed> $post
     */
    private function perform(string $hook, string $nonce, array $post): void
    {
        $_SERVER['REQUEST_METHOD'] = 'POST';
        if (str_ends_with($hook, 'channel_logout')) {
            // An answer without a page ends the program.
            add_filter('status_header', static fn() => throw new \RuntimeException('an answer'));
        }

        $step = Input::string($post, 'logto_import');
        $perform = fn() => match (true) {
            $hook === 'wp logto import' => ImportCommand::run([], array_filter(['dry-run' => $step === Run::DRY_RUN, 'undo' => $step === Run::UNDO])),
            $hook === 'wp logto transports' => TransportsCommand::run(),
            str_starts_with($hook, 'wp ') => $this->command(substr($hook, 3)),
            default => do_action($hook),
        };
        self::submitted($perform, $nonce, $post);
    }

    /**
     * Runs a command of WP-CLI, which may end with an exit code.
     */
    private function command(string $name): void
    {
        \WP_CLI::$stdin = SettingsFile::write(['default_role' => 'author']);
        $arguments = [
            'logto settings set' => ['default_role', 'author'],
            'logto users link' => [$this->target->user_login, uniqid()],
            'logto users unlink' => [$this->target->user_login],
            'logto users approve' => [$this->waiting->user_login],
            'logto login-form' => ['off'],
            'logto sign-in-link' => [$this->target->user_login],
        ];
        try {
            \WP_CLI::$commands[$name]($arguments[$name] ?? [], ['yes' => true]);
        } catch (\LogicException) {
            // Of the stand-in, where the real one ends the program.
        }
    }

    /**
     * Posts WordPress's own form for options. Without a field for a setting, WordPress stores null for it.
     *
     * @param array<string, mixed> $post
     */
    private function save_options(array $post, null|\WP_User $actor): void
    {
        $path = is_multisite() ? rtrim((string) get_site()?->path, '/') : '';
        Program::page('wp-admin/options.php', [], [
            'path' => $path,
            'user' => $actor->ID ?? 0,
            'cookie' => $actor === null ? [] : self::admin_cookie($actor),
            'post' => ['option_page' => 'logto_sign_in', 'action' => 'update', '_wpnonce' => wp_create_nonce('logto_sign_in-options')] + $post,
        ]);
    }

    /**
     * Gives the current site custom settings, and says so.
     */
    private static function has_custom(): string
    {
        if (is_multisite()) {
            GuardedOption::update(Settings::OPTION, ['endpoint' => 'https://custom.example']);
        }

        return '1';
    }
}
