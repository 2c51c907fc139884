<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The end of a request whose sender may not do what it asks for.
 */
final class Access
{
    public static function deny(): never
    {
        wp_die(esc_html__('You are not allowed to do this.', 'logto-sign-in'), '', ['response' => 403]);

        exit();
    }
}
