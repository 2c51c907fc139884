<?php

/**
 * Prints the page in the look of the login page for any outcome that has one, as a visitor or a user sees it.
 */

declare(strict_types=1);

require __DIR__ . '/prepare.php';
require getenv('WORDPRESS_DIR') . '/wp-load.php';

use LogtoSignIn\Linking\ConnectPage;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Outcome\ConnectPage as Question;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\SignInTested;
use LogtoSignIn\Setup\TestSignIn;
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
$input = test_input();
$_GET = $input['get'] ?? [];
if (isset($input['settings'])) {
    add_filter('pre_option_logto_sign_in', static fn() => $input['settings']);
    add_filter('pre_site_option_logto_sign_in_network', static fn() => $input['settings']);
}

if (isset($input['user'])) {
    wp_set_current_user($input['user']);
}

$outcome = Outcome::read(new JsonObject(json_decode((string) json_encode($input['outcome'])), 'outcome'));
match (true) {
    $outcome instanceof Question => ConnectPage::show($outcome),
    $outcome instanceof SignInTested => TestSignIn::finish($outcome),
    default => DingtalkAppPage::show($outcome),
};
test_result(['body' => (string) ob_get_clean()]);
