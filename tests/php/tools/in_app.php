<?php

/**
 * Prints the page inside the DingTalk app for any outcome.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

/** The two functions of wp-login.php that are no part of WordPress elsewhere. */
function login_header(string $title, string $message): void
{
    echo '<title>', esc_html($title), '</title>', $message;
}

function login_footer(): void
{
}

ob_start();
LogtoSignIn\SignIn\DingtalkAppPage::show(test_input()['outcome']);
test_result(['body' => (string) ob_get_clean()]);
