<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Tables;

/**
 * A test in a real WordPress. What it changes is put back: options, hooks, requests, users, identities.
 */
abstract class TestCase extends \PHPUnit\Framework\TestCase
{
    protected const SETTINGS = ['endpoint' => 'http://127.0.0.1:9', 'app_id' => 'app', 'app_secret' => 'a very secret secret'];

    protected const ISSUER = 'https://tests.example/oidc';

    /** @var array<string, mixed> */
    private array $superglobals = [];

    /** @var array<string, \WP_Hook> */
    private array $hooks = [];

    /** What is stored for the site: by itself, and by its network. */
    private mixed $option = null;

    private mixed $custom = null;

    private int $last_user = 0;

    protected function setUp(): void
    {
        $this->superglobals = [$_GET, $_POST, $_COOKIE, $_SERVER, $_REQUEST];
        $this->hooks = array_map(static fn($hook) => clone $hook, $GLOBALS['wp_filter']);
        // As on a site that was set up with version 0.1: what is stored counts as proven.
        delete_site_option(Proof::OPTION);
        $this->option = get_option(Settings::OPTION);
        $this->custom = GuardedOption::get(Settings::OPTION);
        $this->last_user = (int) Tables::database()->get_var('SELECT MAX(ID) FROM ' . Tables::database()->users);
        $GLOBALS['wp_settings_errors'] = [];
    }

    protected function tearDown(): void
    {
        $GLOBALS['wp_filter'] = $this->hooks;
        [$_GET, $_POST, $_COOKIE, $_SERVER, $_REQUEST] = $this->superglobals;
        $this->store($this->option);
        if (is_multisite()) {
            $this->custom === false ? GuardedOption::delete(Settings::OPTION) : GuardedOption::update(Settings::OPTION, $this->custom);
        }

        $GLOBALS['wp_settings_errors'] = [];
        // What a request to the REST API was about.
        unset($GLOBALS['post']);
        \LogtoSignIn\Core\Cache::clear();
        delete_transient('logto_sign_in_log');
        wp_set_current_user(0);

        $database = Tables::database();
        foreach ($database->get_col("SELECT ID FROM {$database->users} WHERE ID > {$this->last_user}") as $user_id) {
            if (is_multisite()) {
                revoke_super_admin((int) $user_id);
            }

            is_multisite() ? wpmu_delete_user((int) $user_id) : wp_delete_user((int) $user_id);
        }

        $database->delete(Tables::identities(), ['issuer' => self::ISSUER]);
    }

    /**
     * Stores settings as they are, past every filter. On a network, they are custom settings of this site, which its
     * network's administrators gave it.
     */
    protected function store(mixed $settings): void
    {
        GuardedOption::delete(Settings::OPTION);
        if (is_multisite() && $settings !== false) {
            GuardedOption::update(Settings::OPTION, $settings);
        }

        $filters = $GLOBALS['wp_filter']['sanitize_option_logto_sign_in'] ?? null;
        unset($GLOBALS['wp_filter']['sanitize_option_logto_sign_in']);
        delete_option(Settings::OPTION);
        if ($settings !== false) {
            update_option(Settings::OPTION, $settings);
        }

        if ($filters !== null) {
            $GLOBALS['wp_filter']['sanitize_option_logto_sign_in'] = $filters;
        }

        delete_site_option(Proof::OPTION);
        if ($settings !== false) {
            Proof::all();
        }
    }

    /**
     * Saves a form as the settings page does, for somebody who may change every setting.
     *
     * @param array<string, mixed> $submitted
     */
    protected static function save(array $submitted): void
    {
        if (!is_multisite()) {
            update_option(Settings::OPTION, $submitted);

            return;
        }

        StoredOptions::write(Sanitizer::clean($submitted, new Settings(StoredOptions::own()), Manager::Network) ?? StoredOptions::own());
    }

    protected function user(string $login = 'a-visitor', string $role = 'subscriber'): \WP_User
    {
        $user_id = wp_insert_user([
            'user_login' => $login,
            'user_pass' => 'right password',
            'user_email' => $login . '@example.org',
            'role' => $role,
        ]);
        self::assertIsInt($user_id);

        return new \WP_User($user_id);
    }

    /**
     * Somebody who may do everything, on a network too.
     */
    protected function admin(string $login = 'boss'): \WP_User
    {
        $user = $this->user($login, 'administrator');
        if (is_multisite()) {
            grant_super_admin($user->ID);
        }

        return $user;
    }

    /**
     * The cookie that opens wp-admin to a user.
     *
     * @return array<string, string>
     */
    protected static function admin_cookie(\WP_User $user): array
    {
        $token = \WP_Session_Tokens::get_instance($user->ID)->create(time() + 600);

        // A network names it by its own address, which pages of tests do not change.
        $name = is_multisite() ? AUTH_COOKIE : 'wordpress_' . md5('http://127.0.0.1');

        return [$name => wp_generate_auth_cookie($user->ID, time() + 600, 'auth', $token)];
    }

    /**
     * Signs a user in to this process as the login form does; `$session` replaces what the session remembers.
     *
     * @param array<string, mixed> $session
     *
     * @return array<string, string> The cookie that names the session in a page of {@see Program}.
     */
    protected static function log_in(\WP_User $user, array $session = []): array
    {
        unset($_COOKIE[LOGGED_IN_COOKIE]);
        $sessions = \WP_Session_Tokens::get_instance($user->ID);
        $token = $sessions->create(time() + 600);
        $sessions->update($token, $session + (array) $sessions->get($token));
        $_COOKIE[LOGGED_IN_COOKIE] = wp_generate_auth_cookie($user->ID, time() + 600, 'logged_in', $token);
        wp_set_current_user($user->ID);

        return [is_multisite() ? LOGGED_IN_COOKIE : 'wordpress_logged_in_' . md5('http://127.0.0.1') => $_COOKIE[LOGGED_IN_COOKIE]];
    }

    /**
     * Submits a form with its nonce to an action that ends by leading somewhere else: the test lets it throw.
     *
     * @param array<string, mixed> $form
     *
     * @return string Where it led, or that it died.
     */
    protected static function submitted(callable $action, string $nonce, array $form): string
    {
        $_POST = $form;
        $_REQUEST = $form + ['_wpnonce' => wp_create_nonce($nonce)];
        try {
            $action();
        } catch (\RuntimeException $end) {
            return $end->getMessage();
        }

        return '';
    }

    /**
     * What something prints.
     */
    protected static function printed(callable $print): string
    {
        ob_start();
        $print();

        return (string) ob_get_clean();
    }

    /**
     * The tabs of a settings page, one after the other. WordPress keeps what was drawn before; a request draws one tab.
     *
     * @param list<Tab> $tabs
     */
    protected static function tabs(callable $render, array $tabs = [Tab::Connection, Tab::Login, Tab::Access, Tab::Accounts, Tab::Roles, Tab::Dingtalk, Tab::Advanced]): string
    {
        $html = '';
        foreach ($tabs as $tab) {
            unset($GLOBALS['wp_settings_sections'][SettingsPage::SLUG], $GLOBALS['wp_settings_fields'][SettingsPage::SLUG]);
            $_GET[Tab::PARAMETER] = $tab->value;
            $html .= self::printed($render);
        }

        return $html;
    }

    protected static function identity(string $subject = 'subject', string $issuer = self::ISSUER): Identity
    {
        return new Identity($issuer, hash('sha256', $issuer), $subject);
    }

    /**
     * @param array<string, mixed> $members Those that differ; `profile` as an array.
     */
    protected static function create_user(array $members = []): CreateUser
    {
        $profile = new Profile(...$members['profile'] ?? ['display_name' => '李四', 'nickname' => '李四']);

        return new CreateUser(...['profile' => $profile] + $members + [
            'identity' => self::identity(),
            'logins' => ['logto-visitor', 'logto-visitor-2'],
            'nicenames' => ['nice-visitor'],
            'email' => 'logto-visitor@example.org',
            'fallback_email' => 'user-drawn@no-email.invalid',
            'roles' => [],
            'granted_roles' => [],
            'pending' => false,
        ]);
    }
}
