// Fills the tables, lets the plugin ask its questions, and prints how MariaDB answers each of them.
define('SAVEQUERIES', true);
global $wpdb;
$identities = "{$wpdb->base_prefix}logto_identities";
$issuer = 'https://tenant.example/oidc';
$hash = hash('sha256', $issuer);
foreach ([
    "INSERT INTO {$wpdb->users} (user_login, user_nicename, user_email, display_name, user_registered)
     SELECT CONCAT('many-', seq), CONCAT('many-', seq), CONCAT('many-', seq, '@example.org'), 'One of many', NOW()
     FROM seq_1_to_100000",
    "INSERT INTO {$identities} (issuer_hash, subject, user_id, issuer, created)
     SELECT '{$hash}', CONCAT('subject-', ID), ID, '{$issuer}', NOW() FROM {$wpdb->users} WHERE user_login LIKE 'many-%'",
    "ANALYZE TABLE {$identities}, {$wpdb->users}, {$wpdb->usermeta}",
] as $query) {
    $wpdb->query($query) === false && exit($wpdb->last_error);
}
$user = get_user_by('login', 'many-77777');
$identity = new LogtoSignIn\Protocol\Identity($issuer, $hash, 'subject-' . $user->ID);

$explained = [];
$ask = static function (string $name, callable $question) use (&$explained, $wpdb, $identities): mixed {
    $before = count($wpdb->queries);
    $answer = $question();
    $queries = array_column(array_slice($wpdb->queries, $before), 0);
    foreach ($queries as $query) {
        if (str_contains($query, $identities) && str_starts_with(ltrim($query), 'SELECT')) {
            $explained[$name][] = $wpdb->get_results('EXPLAIN ' . $query, ARRAY_A);
        }
    }

    return $answer;
};

$found = $ask('look_up', static fn() => LogtoSignIn\Accounts\Identities::find_user($identity));
$found === $user->ID || exit('found ' . $found);
$ask('has_other', static fn() => LogtoSignIn\Accounts\Identities::has_other($user->ID, $identity)) && exit('there is no other');
count($ask('of_user', static fn() => LogtoSignIn\Accounts\Identities::of_user($user->ID))) === 1 || exit('one identity');

// The list of users, as an administrator opens it: whole, and narrowed to those who sign in with Logto, or do not.
wp_set_current_user(1);
$_SERVER['PHP_SELF'] = '/wp-admin/users.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
set_current_screen('users');
LogtoSignIn\UsersList\Screen::load();
foreach (['' => 'list', 'logto' => 'list_with', 'none' => 'list_without', 'dingtalk' => 'list_dingtalk'] as $with => $name) {
    $_GET['logto_with'] = $_REQUEST['logto_with'] = $with;
    $shown = $ask($name, static function (): string {
        $list = _get_list_table('WP_Users_List_Table', ['screen' => 'users']);
        $list->prepare_items();
        ob_start();
        $list->display();

        return ob_get_clean();
    });
    str_contains($shown, $with === 'none' || $with === 'dingtalk' ? 'column-logto_ways' : '>Logto<') || exit($name . ': ' . $shown);
}

echo json_encode($explained);
