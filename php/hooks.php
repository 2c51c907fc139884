<?php

/**
 * Every hook of the plugin. Class names are only strings here: a class file is read when its hook fires.
 */

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Accounts\ApprovalGate;
use LogtoSignIn\Accounts\Avatar;
use LogtoSignIn\Accounts\EmailReminder;
use LogtoSignIn\Accounts\Mail;
use LogtoSignIn\Accounts\Privacy;
use LogtoSignIn\Accounts\PrivacyPolicy;
use LogtoSignIn\Accounts\UserIdentities;
use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Admin\Menu;
use LogtoSignIn\Admin\Notices;
use LogtoSignIn\Admin\SiteHealth;
use LogtoSignIn\Buttons\Button;
use LogtoSignIn\Buttons\ButtonBlock;
use LogtoSignIn\Import\ImportAction;
use LogtoSignIn\Import\ImportCommand;
use LogtoSignIn\Settings\NetworkSettings;
use LogtoSignIn\Settings\SettingsForm;
use LogtoSignIn\SignIn\FormLogin;
use LogtoSignIn\SignIn\LoginPage;
use LogtoSignIn\SignIn\Routes;
use LogtoSignIn\SignIn\SignOut;
use LogtoSignIn\UsersList\UsersActions;
use LogtoSignIn\UsersList\UsersList;
use LogtoSignIn\Ways\UserWays;
use LogtoSignIn\Ways\UserWaysSection;
use LogtoSignIn\Ways\Ways;
use LogtoSignIn\Ways\WaysSection;

if (!defined('ABSPATH')) {
    exit();
}

// Life of the plugin.
register_activation_hook(__DIR__ . '/logto-sign-in.php', [Lifecycle::class, 'activate']);
register_deactivation_hook(__DIR__ . '/logto-sign-in.php', [Lifecycle::class, 'deactivate']);
add_action('upgrader_process_complete', [Lifecycle::class, 'updated'], 10, 2);
add_action('admin_init', [Tables::class, 'upgrade']);

// Signing in and out, on WordPress's own wp-login.php.
add_action('login_form_logto', [Routes::class, 'start']);
add_action('login_form_logto_callback', [Routes::class, 'callback']);
add_action('login_form_logto_callback_dingtalk', [Routes::class, 'dingtalk_callback']);
add_action('login_form_logto_callback_dingtalk_app', [Routes::class, 'dingtalk_app_callback']);
add_action('login_form_logto_signed_out', [Routes::class, 'signed_out']);
add_action('login_form_login', [LoginPage::class, 'open']);
add_action('login_form_logout', [SignOut::class, 'note']);
add_filter('logout_redirect', [SignOut::class, 'redirect'], 99, 2);
add_filter('authenticate', [FormLogin::class, 'enforce'], 1);
add_filter('authenticate', [FormLogin::class, 'explain'], 25, 3);
add_filter('authenticate', [ApprovalGate::class, 'authenticate'], PHP_INT_MAX);
add_filter('wp_authenticate_user', [ApprovalGate::class, 'password'], 10, 2);
add_action('wp_authenticate_application_password_errors', [ApprovalGate::class, 'application_password'], 10, 2);
add_filter('send_auth_cookies', [ApprovalGate::class, 'cookies'], 10, 4);

// Buttons on pages.
add_shortcode('logto_sign_in', [Button::class, 'shortcode']);
add_filter('render_block_logto-sign-in/button', [ButtonBlock::class, 'render'], 10, 2);
add_action('enqueue_block_editor_assets', [ButtonBlock::class, 'enqueue']);
add_filter('block_editor_settings_all', [ButtonBlock::class, 'style']);

// Accounts.
add_action('show_user_profile', [WaysSection::class, 'show']);
add_action('admin_post_logto_sign_in_ways', [Ways::class, 'run']);
add_action('edit_user_profile', [UserWaysSection::class, 'show']);
add_action('admin_post_logto_sign_in_user_ways', [UserWays::class, 'run']);
add_action('load-users.php', [UsersList::class, 'load']);
add_action('admin_post_logto_sign_in_users', [UsersActions::class, 'run']);
add_action('load-index.php', [EmailReminder::class, 'load']);
add_action('load-profile.php', [EmailReminder::class, 'load']);
add_action('admin_post_logto_sign_in_no_reminder', [EmailReminder::class, 'dismiss']);
add_filter('pre_get_avatar_data', [Avatar::class, 'choose'], 10, 2);
add_action('deleted_user', [UserIdentities::class, 'forget']);
add_filter('wp_mail', [Mail::class, 'strip']);
add_filter('pre_wp_mail', [Mail::class, 'drop'], 10, 2);
add_filter('wp_privacy_personal_data_exporters', [Privacy::class, 'exporters']);
add_filter('wp_privacy_personal_data_erasers', [Privacy::class, 'erasers']);
add_action('admin_init', [PrivacyPolicy::class, 'suggest']);

// Settings and help.
add_filter('sanitize_option_logto_sign_in', [SettingsForm::class, 'sanitize']);
add_action('admin_init', [SettingsForm::class, 'register']);
add_action('admin_menu', [Menu::class, 'add']);
add_action('admin_enqueue_scripts', [Menu::class, 'enqueue']);
add_action('network_admin_menu', [NetworkSettings::class, 'add']);
add_action('network_admin_edit_logto_sign_in', [NetworkSettings::class, 'save']);
add_action('admin_post_logto_sign_in_network', [NetworkSettings::class, 'switch']);
add_action('admin_post_logto_sign_in_import', [ImportAction::class, 'run']);
add_action('admin_post_logto_sign_in_check', [ConnectionCheck::class, 'run']);
add_action('admin_notices', [Notices::class, 'show']);
add_filter('plugin_action_links_' . plugin_basename(__DIR__ . '/logto-sign-in.php'), [Menu::class, 'links']);
add_action('cli_init', [ImportCommand::class, 'register']);
add_filter('site_status_tests', [SiteHealth::class, 'tests']);
add_filter('debug_information', [SiteHealth::class, 'debug_information']);
