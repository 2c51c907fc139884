<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

/**
 * A request that the site sends to one of its own addresses, to see whether it answers. Only this site can know the right
 * answer, so a page of anybody else's is not taken for one.
 */
final class Probe
{
    /** The parameter of such a request: random characters. */
    public const PARAMETER = 'logto_probe';

    public static function answer(string $probe): void
    {
        Response::prepare();
        header('Content-Type: text/plain; charset=utf-8');
        header('X-Content-Type-Options: nosniff');
        echo esc_html(self::expected($probe));
    }

    public static function expected(string $probe): string
    {
        return hash_hmac('sha256', 'logto-sign-in probe ' . substr($probe, 0, 64), wp_salt('nonce'));
    }
}
