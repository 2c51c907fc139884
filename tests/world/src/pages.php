<?php

// Pages that somebody sees only in the middle of a sign-in, at addresses of their own.

declare(strict_types=1);

use LogtoSignIn\Linking\ConnectPage;
use LogtoSignIn\Protocol\ConnectStep;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Setup\Report;
use LogtoSignIn\SignIn\CodePage;
use LogtoSignIn\SignIn\DingtalkAppPage;

// The classes are there once WordPress has loaded the plugin.
$connect = static fn(ConnectStep $step) => ConnectPage::show(
    new Outcome\ConnectPage($step, 1, 'dingtalk', '李四', 'lisi@example.org', true, true, Ends::Everything, []),
);
$pages = [
    'code' => static fn() => CodePage::show(get_userdata(1), new WP_Error('wfls_twofactor_required', 'Enter the code of your app.')),
    'app' => static fn() => DingtalkAppPage::show(new Outcome\DingtalkAppPage('corp', 'client', 'state', '#', '#', [])),
    'connect' => static fn() => $connect(ConnectStep::Mailed),
    'confirm' => static fn() => $connect(ConnectStep::ConfirmMailed),
    'report' => static fn() => Report::failed(['client_rejected', 'redirect_uri_unregistered']),
];
foreach ($pages as $name => $show) {
    add_action('login_form_page_' . $name, static function () use ($show): never {
        $show();
        exit();
    });
}
