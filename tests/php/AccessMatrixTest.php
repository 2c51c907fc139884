<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Network;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Tests\AccessMatrix\Attempts;
use LogtoSignIn\Tests\AccessMatrix\Fixture;

/**
 * Who may do what, and where. Each cell is performed, with a valid nonce, and the database is compared before and after.
 */
final class AccessMatrixTest extends TestCase
{
    use Attempts;
    use Fixture;

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
        Network::on_site(self::OWN_SITE, self::clean(...));
        if (is_multisite()) {
            Network::on_site(self::OTHER_SITE, self::clean(...));
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
                $found[$place] = Network::on_site($site, fn(): bool => $this->changes($hook, $what, $actor));
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
}
