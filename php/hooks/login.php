<?php

/**
 * The hooks of wp-login.php, wherever it is run from, and of the plugin's addresses.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

require_once __DIR__ . '/accounts.php';
require_once __DIR__ . '/logins.php';

// Whatever the action is: the login page would answer 200, which says that the session has ended.
if (isset($_POST['logout_token'])) {
    SignIn\BackchannelLogout::receive();
}

add_action('login_form_logto', [Actions::class, 'start']);
add_action('login_form_logto_callback', [Actions::class, 'callback']);
add_action('login_form_logto_callback_dingtalk', [Actions::class, 'dingtalk_callback']);
add_action('login_form_logto_callback_dingtalk_app', [Actions::class, 'dingtalk_app_callback']);
add_action('login_form_logto_code', [Actions::class, 'code']);
add_action('login_form_logto_connect', [Actions::class, 'connect']);
add_action('login_form_logto_test', [Setup\TestSignIn::class, 'run']);
add_action('login_form_logto_contact', [SignIn\ContactForm::class, 'run']);
add_action('login_form_logto_link', [SignIn\SignInLink::class, 'run']);
add_action('login_form_logto_backchannel_logout', [SignIn\BackchannelLogout::class, 'receive']);
add_action('login_form_logto_frontchannel_logout', [SignIn\FrontchannelLogout::class, 'receive']);
add_action('login_form_logto_signed_out', [Actions::class, 'signed_out']);
add_action('login_form_login', [SignIn\LoginPage::class, 'open']);
add_action('login_form_lostpassword', [SignIn\PasswordReset::class, 'close']);
add_action('login_form_retrievepassword', [SignIn\PasswordReset::class, 'close']);
add_filter('lost_password_html_link', [SignIn\PasswordReset::class, 'link']);
