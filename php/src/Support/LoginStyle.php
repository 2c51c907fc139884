<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The look of what the plugin shows on pages like the login page.
 */
final class LoginStyle
{
    /**
     * It comes after WordPress's own style sheet, which takes margins and padding from all elements and which
     * `login_header()` adds later.
     */
    public static function enqueue(): void
    {
        wp_enqueue_style('logto-sign-in', Plugin::url('assets/login.css'), ['login'], Plugin::VERSION);
    }
}
