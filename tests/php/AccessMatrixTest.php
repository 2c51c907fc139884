<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Admin\Command as TransportsCommand;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Import\Command;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Import\StoredSettings;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\SettingsFile;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Support\Tables;

/**
 * Who may do what, and where. Each cell is performed, with a valid nonce, and the database is compared before and after.
 */
final class AccessMatrixTest extends TestCase
{
    /**
     * `-`: it changes nothing anywhere. `own`: it changes something on the site where the user has the role. `all`: on
     * every site of the network. The first four roles and the network's administrator act on a network; the first three
     * and the last one on a single site.
     */
    private const TABLE = [
        // Hook or place                                     What is tried          visitor subscr. editor site-admin network-admin single-site-admin
        ['admin_post_logto_sign_in_ways',                    'unlink_own',          '-',    'all',  'all', 'all',     'all',        'all'],
        ['admin_post_logto_sign_in_no_reminder',             'dismiss_reminder',    '-',    'all',  'all', 'all',     'all',        'all'],
        ['admin_post_logto_sign_in_user_ways',               'unlink_other',        '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_user_ways',               'move_to_oneself',     '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_users',                   'unlink_many',         '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_users',                   'approve',             '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_network',                 'begin_custom',        '-',    '-',    '-',   '-',       'all',        '-'],
        ['admin_post_logto_sign_in_network',                 'end_custom',          '-',    '-',    '-',   '-',       'all',        '-'],
        ['admin_post_logto_sign_in_network',                 'reset_site',          '-',    '-',    '-',   'own',     'all',        '-'],
        ['admin_post_logto_sign_in_custom',                  'save_custom',         '-',    '-',    '-',   '-',       'all',        '-'],
        ['network_admin_edit_logto_sign_in',                 'save_network',        '-',    '-',    '-',   '-',       'all',        '-'],
        ['admin_post_logto_sign_in_import',                  'dry_run',             '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_import',                  'import',              '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_import',                  'undo',                '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_check',                   'check_connection',    '-',    '-',    '-',   'own',     'all',        'all'],
        ['admin_post_logto_sign_in_address',                 'change_addresses',    '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_setup',                   'setup_save',          '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_setup',                   'setup_turn_on',       '-',    '-',    '-',   '-',       'all',        'all'],
        ['admin_post_logto_sign_in_disconnect',              'disconnect',          '-',    '-',    '-',   '-',       'all',        'all'],
        // It reads.
        ['admin_post_logto_sign_in_export',                  'export',              '-',    '-',    '-',   '-',       '-',          '-'],
        ['admin_post_logto_sign_in_settings',                'import_file',         '-',    '-',    '-',   'own',     'all',        'all'],
        ['options.php',                                      'save_role',           '-',    '-',    '-',   'own',     'all',        'all'],
        ['options.php',                                      'save_provider',       '-',    '-',    '-',   '-',       '-',          'all'],
        ['options.php',                                      'save_forget_box',     '-',    '-',    '-',   '-',       '-',          'all'],
        // Whoever has a shell has the database, too.
        ['wp logto import',                                  'dry_run',             'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto import',                                  'import',              'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto import',                                  'undo',                'all',  'all',  'all', 'all',     'all',        'all'],
        // It reads, and remembers which transports answered.
        ['wp logto transports',                              'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto status',                                  'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto check',                                   'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto addresses',                               'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto settings get',                            'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto settings set',                            'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto settings export',                         'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto settings import',                         'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto users list',                              'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto users link',                              'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto users unlink',                            'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto users approve',                           'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto activity list',                           'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto cache clear',                             'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['wp logto login-form',                              'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        ['wp logto sign-in-link',                            'cli',                 'all',  'all',  'all', 'all',     'all',        'all'],
        // Without an attempt of this browser, these change nothing for anybody.
        ['login_form_logto',                                 'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_callback',                        'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_callback_dingtalk',               'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_callback_dingtalk_app',           'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_connect',                         'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_contact',                         'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_link',                            'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_signed_out',                      'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_backchannel_logout',              'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_frontchannel_logout',             'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_test',                            'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_login',                                 'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_lostpassword',                          'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_retrievepassword',                      'open',                '-',    '-',    '-',   '-',       '-',          '-'],
        ['login_form_logto_code',                            'open',                '-',    '-',    '-',   '-',       '-',          '-'],
    ];

    private const NOBODY = 'visitor';

    /** The site where the users have their roles, and another one. */
    private const OWN_SITE = 1;
    private const OTHER_SITE = 2;

    private \WP_User $target;

    private \WP_User $waiting;

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        do_action('cli_init');
        add_filter('pre_wp_mail', '__return_true', 999);
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));
        add_filter('wp_die_handler', static fn() => static fn() => throw new \RuntimeException('died'));
        // The page of a refusal would end the program.
        add_action('logto_sign_in_refused', static fn(string $code) => throw new \RuntimeException($code));
        // What answers a provider shows no page, and ends the program.
        $is_logout = static fn(): bool => doing_action('login_form_logto_backchannel_logout') || doing_action('login_form_logto_frontchannel_logout');
        add_filter('status_header', static fn(mixed $header): mixed => $is_logout() ? throw new \RuntimeException('answered') : $header);
    }

    protected function tearDown(): void
    {
        $this->on(self::OWN_SITE, self::clean(...));
        if (is_multisite()) {
            $this->on(self::OTHER_SITE, self::clean(...));
            delete_site_option(StoredOptions::NETWORK_OPTION);
        }

        parent::tearDown();
    }

    /**
     * Fault S2: a site's administrator decided about the users of the whole network.
     *
     * @dataProvider rows
     *
     * @param list<string> $cells
     */
    public function test_fault_s2_each_role_does_what_the_table_says_and_nothing_else(string $hook, string $what, array $cells): void
    {
        $expected = [];
        $found = [];
        $this->target = $this->member('a-target');
        $this->waiting = $this->member('waiting');
        foreach ($this->actors($cells) as $role => [$actor, $cell]) {
            foreach (is_multisite() ? [self::OWN_SITE, self::OTHER_SITE] : [self::OWN_SITE] as $site) {
                $place = $role . ($site === self::OWN_SITE ? '' : ' of another site');
                $expected[$place] = $cell === 'all' || $cell === 'own' && $site === self::OWN_SITE;
                $found[$place] = $this->on($site, fn(): bool => $this->changes($hook, $what, $actor));
            }
        }

        self::assertSame($expected, $found);
    }

    public function test_the_table_has_every_action_of_the_plugin(): void
    {
        $hooks = implode('', array_map('file_get_contents', [Plugin::path('hooks.php'), ...glob(Plugin::path('hooks/*.php')) ?: []]));
        preg_match_all("~'((?:admin_post|admin_action|network_admin_edit|login_form(?!_top)|wp_ajax)_\w+)'~", $hooks, $found);
        \WP_CLI::$commands = [];
        do_action('cli_init');
        $commands = array_map(static fn(string $name): string => 'wp ' . $name, array_keys(\WP_CLI::$commands));

        self::assertEqualsCanonicalizing(array_unique([...$found[1], ...$commands, 'options.php']), array_values(array_unique(array_column(self::TABLE, 0))));
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(Plugin::path('src'))) as $file) {
            self::assertStringNotContainsString('register_rest_route', $file->isFile() ? (string) file_get_contents((string) $file) : '', 'a route needs rows in the table');
        }
    }

    /**
     * @return array<string, array{string, string, list<string>}>
     */
    public static function rows(): array
    {
        $rows = [];
        foreach (self::TABLE as $row) {
            $rows[$row[0] . ' ' . $row[1]] = [$row[0], $row[1], array_slice($row, 2)];
        }

        return $rows;
    }

    /**
     * @param list<string> $cells
     *
     * @return array<string, array{null|\WP_User, string}>
     */
    private function actors(array $cells): array
    {
        [$visitor, $subscriber, $editor, $site_admin, $network_admin, $single] = $cells;
        $actors = [
            self::NOBODY => [null, $visitor],
            'subscriber' => [$this->user('a-subscriber'), $subscriber],
            'editor' => [$this->user('an-editor', 'editor'), $editor],
        ];
        if (!is_multisite()) {
            return $actors + ['administrator' => [$this->admin(), $single]];
        }

        return $actors + [
            'site administrator' => [$this->user('a-site-admin', 'administrator'), $site_admin],
            'network administrator' => [$this->admin('a-network-admin'), $network_admin],
        ];
    }

    /**
     * A subscriber of both sites.
     */
    private function member(string $login): \WP_User
    {
        $user = $this->user($login);
        if (is_multisite()) {
            add_user_to_blog(self::OTHER_SITE, $user->ID, 'subscriber');
        }

        return $user;
    }

    /**
     * Whether an action of a user changes something in the database.
     */
    private function changes(string $hook, string $what, null|\WP_User $actor): bool
    {
        self::clean();
        self::set_up_site();
        update_user_meta($this->waiting->ID, UserMeta::PENDING, '1');
        Identities::link(self::identity('target'), $this->target->ID);
        if ($actor !== null) {
            delete_user_meta($actor->ID, UserMeta::NO_REMINDER);
            Identities::link(self::identity('own'), $actor->ID);
            Identities::link(self::identity('own, too'), $actor->ID);
        }

        self::prepare($what);
        // Another process saves options, in a session of its own.
        $actor === null || $hook === 'options.php' ? wp_set_current_user($actor->ID ?? 0) : self::log_in($actor);
        [$nonce, $post] = $this->request($what, $actor);
        // A check stores nothing but its result.
        $state = static fn(): array => $what === 'check_connection' ? [get_transient(ConnectionCheck::key())] : self::state();
        $before = $state();
        $hook === 'options.php' ? $this->save_options($post, $actor) : $this->perform($hook, $nonce, $post);
        // Options are saved by another process.
        wp_cache_flush();

        return $state() !== $before;
    }

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
            $hook === 'wp logto import' => Command::run([], array_filter(['dry-run' => $step === Run::DRY_RUN, 'undo' => $step === Run::UNDO])),
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

    /**
     * A site that has chosen for itself, in a network that has chosen the rest.
     */
    private static function set_up_site(): void
    {
        // As the core cleans them: saving them again changes nothing.
        $settings = Sanitizer::clean(['default_role' => 'editor'] + self::SETTINGS, new Settings([]), Manager::Network) ?? [];
        if (is_multisite()) {
            update_site_option(StoredOptions::NETWORK_OPTION, $settings);
        }

        update_option(Settings::OPTION, $settings);
        update_option(LoginPath::OPTION, LoginPath::LOGIN_PAGE);
        delete_site_option(Proof::OPTION);
        Proof::all();
        update_option(LogtoPlugin::OPTION, ['endpoint' => 'https://theirs.example', 'appId' => 'theirs', 'appSecret' => 'theirs']);
    }

    private static function clean(): void
    {
        foreach ([Run::OPTION, StoredSettings::OPTION, Settings::OPTION] as $name) {
            GuardedOption::delete($name);
        }

        foreach ([Settings::OPTION, Settings::DELETE_IDENTITIES_OPTION, LogtoPlugin::OPTION, LoginPath::OPTION] as $name) {
            delete_option($name);
        }

        delete_transient('settings_errors');
        $GLOBALS['wp_settings_errors'] = [];
        Tables::database()->delete(Tables::identities(), ['issuer' => self::ISSUER]);
    }

    /**
     * What the plugin has stored: everywhere in the network, and about every user.
     *
     * @return list<mixed>
     */
    private static function state(): array
    {
        $database = Tables::database();
        $state = [];
        $sites = is_multisite() ? [self::OWN_SITE, self::OTHER_SITE] : [self::OWN_SITE];
        foreach ($sites as $site) {
            $options = is_multisite() ? $database->get_blog_prefix($site) . 'options' : $database->options;
            // What was cached of the provider or found by a check decides nothing, and a web server's note about its salts neither.
            $state[] = $database->get_results("SELECT option_name, option_value FROM {$options} WHERE option_name LIKE '%logto%' AND option_name NOT LIKE '%transient%' AND option_name NOT IN ('logto_sign_in_nodes', 'logto_sign_in_last_check') ORDER BY option_name", ARRAY_A);
        }

        $state[] = is_multisite() ? $database->get_results("SELECT meta_key, meta_value FROM {$database->sitemeta} WHERE meta_key LIKE 'logto%' ORDER BY meta_key", ARRAY_A) : [];
        $state[] = $database->get_results('SELECT subject, user_id FROM ' . Tables::identities() . ' ORDER BY subject', ARRAY_A);
        $state[] = $database->get_results("SELECT user_id, meta_key, meta_value FROM {$database->usermeta} WHERE meta_key LIKE 'logto%' OR meta_key LIKE '%capabilities' ORDER BY umeta_id", ARRAY_A);
        $state[] = $database->get_results("SELECT ID, user_login, user_email, user_pass FROM {$database->users} ORDER BY ID", ARRAY_A);

        return $state;
    }

    /**
     * @template T
     *
     * @param callable(): T $work
     *
     * @return T
     */
    private function on(int $site, callable $work): mixed
    {
        if (!is_multisite()) {
            return $work();
        }

        switch_to_blog($site);
        try {
            return $work();
        } finally {
            restore_current_blog();
        }
    }
}
