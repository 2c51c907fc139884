<?php

/**
 * Prints the page inside the DingTalk app for any outcome.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\SignIn\DingtalkAppPage;

/** The two functions of wp-login.php that are no part of WordPress elsewhere. */
function login_header(string $title, string $message): void
{
    echo '<title>', esc_html($title), '</title>', $message;
}

function login_footer(): void
{
}

ob_start();
$outcome = new JsonObject((object) test_input()['outcome'], 'outcome');
DingtalkAppPage::show(Outcome::read($outcome));
test_result(['body' => (string) ob_get_clean()]);
