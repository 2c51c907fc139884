<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Request;

/**
 * Whether a visit of the login page goes on to Logto.
 */
final class AutoRedirect
{
    /** Any of these means that the visitor is to see the page itself. */
    private const STAY = ['form', 'interim-login', 'customize-login', 'loggedout', 'registration', 'checkemail', 'wp_lang'];

    /**
     * Only a plain visit of the login page itself goes on to Logto.
     */
    public static function goes_on(): bool
    {
        foreach (self::STAY as $name) {
            if (Request::has($name)) {
                return false;
            }
        }

        if (!Request::reads() || is_user_logged_in() && !Request::has('reauth')) {
            return false;
        }

        if (LoopBreaker::trips()) {
            LoginPage::say('session_lost');

            return false;
        }

        return true;
    }
}
