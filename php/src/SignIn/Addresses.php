<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Request;

/**
 * Where the plugin's addresses answer: at wp-login.php, at the front page, and at whatever path the login page had when an
 * address was registered. All of them run the same actions.
 */
final class Addresses
{
    /**
     * Answers before a plugin that hides the login page can. Guards of sign-ins belong at `authenticate`, which still runs.
     *
     * @param string $name Of an action of wp-login.php, `logto…`.
     */
    public static function open(string $name): void
    {
        $is_login_page = function_exists('login_header');
        // There, WordPress is about to lead to the same address with https.
        if (has_action('login_form_' . $name) === false || $is_login_page && force_ssl_admin() && !is_ssl()) {
            return;
        }

        // @mago-expect lint:no-global - wp-login.php and its functions have it in common
        global $action;
        $action = $name;
        $perform = static function () use ($name): never {
            send_frame_options_header();
            $probe = Request::query(Probe::PARAMETER);
            $probe === '' ? do_action('login_form_' . $name) : Probe::answer($probe);

            exit();
        };

        // wp-login.php has the functions that print its pages.
        $is_login_page ? $perform() : self::load_login_page($perform);
    }

    /**
     * Loads wp-login.php, and goes no further in it than to its first hook.
     *
     * @param \Closure(): never $perform
     */
    private static function load_login_page(\Closure $perform): never
    {
        // @mago-expect lint:no-global - wp-login.php and its functions have these in common
        global $pagenow, $error, $interim_login, $action;
        // Other plugins look here for the kind of page.
        $pagenow = 'wp-login.php';
        add_action('login_init', $perform, PHP_INT_MIN);

        require ABSPATH . 'wp-login.php';

        exit();
    }
}
