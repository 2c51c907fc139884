<?php

/**
 * Every hook of the plugin. Class names are only strings here: a class file is read when its hook fires.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

// Life of the plugin.
register_activation_hook(__DIR__ . '/logto-sign-in.php', [Lifecycle::class, 'activate']);
register_deactivation_hook(__DIR__ . '/logto-sign-in.php', [Lifecycle::class, 'deactivate']);
add_action('upgrader_process_complete', [Lifecycle::class, 'updated'], 10, 2);
add_action('admin_init', [Support\Tables::class, 'upgrade']);
add_action('wp_delete_site', [Uninstall::class, 'of_deleted_site']);
add_filter('logto_sign_in_secrets', [Settings\Settings::class, 'secrets'], PHP_INT_MAX);

// Signing in and out, on WordPress's own wp-login.php.
add_action('login_init', static fn() => isset($_POST['logout_token']) ? Actions::refuse_logout() : null, 0);
add_action('login_form_logto', [Actions::class, 'start']);
add_action('login_form_logto_callback', [Actions::class, 'callback']);
add_action('login_form_logto_callback_dingtalk', [Actions::class, 'dingtalk_callback']);
add_action('login_form_logto_callback_dingtalk_app', [Actions::class, 'dingtalk_app_callback']);
add_action('login_form_logto_connect', [Actions::class, 'connect']);
add_action('login_form_logto_signed_out', [Actions::class, 'signed_out']);
add_action('login_form_login', [SignIn\LoginPage::class, 'open']);
add_action('login_form_logout', [SignIn\SignOut::class, 'note']);
add_filter('logout_redirect', [SignIn\SignOut::class, 'redirect'], 99, 2);
add_filter('authenticate', [SignIn\PasswordLogin::class, 'enforce'], 1);
add_filter('authenticate', [SignIn\PasswordLogin::class, 'explain'], 25, 3);
add_filter('authenticate', [Linking\SessionProof::class, 'note'], 29);
add_filter('authenticate', [Approval\Gate::class, 'authenticate'], PHP_INT_MAX);
add_filter('wp_authenticate_user', [Approval\Gate::class, 'without_password'], 10, 2);
add_action('wp_authenticate_application_password_errors', [Approval\Gate::class, 'application_password'], 10, 2);
add_filter('send_auth_cookies', [Approval\Gate::class, 'cookies'], 10, 4);
add_filter('attach_session_information', [Linking\SessionProof::class, 'mark'], 10, 2);
add_filter('login_redirect', static fn(mixed $to, mixed $_ = '', mixed $user = null): mixed => isset($_COOKIE['wordpress_logto_connect']) ? Linking\Connect::redirect($to, $user) : $to, PHP_INT_MAX, 3);
add_action('wp_login', [Accounts\Revocation::class, 'on_login'], 10, 2);
// These two run on every request. What they look at came with the session, so that they load and ask nothing; the names of
// the meta are those of Accounts\UserMeta.
add_filter('determine_current_user', static function (mixed $user_id): mixed {
    $is_pending = is_numeric($user_id) && $user_id > 0 && get_user_meta((int) $user_id, 'logto_sign_in_pending', true) === '1';

    return $is_pending ? false : $user_id;
}, PHP_INT_MAX);
add_action('init', static function (): void {
    $user = wp_get_current_user();
    if ($user->exists() && get_user_meta($user->ID, 'logto_sign_in_unfinished', true) !== '') {
        SignIn\Completion::resume($user);
    }
});

// Buttons on pages.
add_shortcode('logto_sign_in', [Buttons\Button::class, 'shortcode']);
add_filter('render_block_logto-sign-in/button', [Buttons\Block::class, 'render'], 10, 2);
add_action('enqueue_block_editor_assets', [Buttons\Block::class, 'enqueue']);
add_filter('block_editor_settings_all', [Buttons\Block::class, 'style']);

// Accounts.
add_action('show_user_profile', [Linking\OwnSection::class, 'show']);
add_action('admin_post_logto_sign_in_ways', [Linking\Link::class, 'run']);
add_action('logto_sign_in_linked', [Linking\OwnerMail::class, 'linked'], 10, 2);
add_action('logto_sign_in_unlinked', [Linking\OwnerMail::class, 'unlinked'], 10, 2);
add_action('edit_user_profile', [Linking\UserSection::class, 'show']);
add_action('logto_sign_in_user_section', [UsersList\Confirmation::class, 'offer_approval']);
add_action('admin_post_logto_sign_in_user_ways', [Linking\AdminLink::class, 'run']);
add_action('load-users.php', [UsersList\Screen::class, 'load']);
add_action('admin_post_logto_sign_in_users', [UsersList\Actions::class, 'run']);
add_action('load-index.php', [Admin\EmailReminder::class, 'load']);
add_action('load-profile.php', [Admin\EmailReminder::class, 'load']);
add_action('admin_post_logto_sign_in_no_reminder', [Admin\EmailReminder::class, 'dismiss']);
add_filter('pre_get_avatar_data', [Accounts\Avatar::class, 'choose'], 10, 2);
add_action('logto_sign_in_user_created', [Approval\Mail::class, 'user_created']);
add_action('logto_sign_in_approved', [Approval\Mail::class, 'user_approved']);
add_action('deleted_user', [Accounts\Removal::class, 'of_deleted_user']);
add_filter('wp_mail', [Accounts\PlaceholderEmail::class, 'strip']);
add_filter('pre_wp_mail', [Accounts\PlaceholderEmail::class, 'drop'], 10, 2);
add_filter('wp_privacy_personal_data_exporters', [Privacy\Exporter::class, 'exporters']);
add_filter('wp_privacy_personal_data_erasers', [Privacy\Exporter::class, 'erasers']);
add_action('admin_init', [Privacy\Policy::class, 'suggest']);

// Settings and help.
add_filter('sanitize_option_logto_sign_in', [Core\Sanitizer::class, 'sanitize']);
add_action('admin_init', [Admin\SettingsPage::class, 'register']);
add_action('admin_menu', [Admin\Menu::class, 'add']);
add_action('admin_enqueue_scripts', [Admin\Menu::class, 'enqueue']);
add_action('network_admin_menu', [Admin\NetworkPage::class, 'add']);
add_action('network_admin_edit_logto_sign_in', [Admin\NetworkPage::class, 'save']);
add_action('admin_post_logto_sign_in_network', [Admin\CustomSettings::class, 'switch']);
add_action('admin_post_logto_sign_in_custom', [Admin\CustomSettings::class, 'save']);
add_action('admin_post_logto_sign_in_import', [Import\Action::class, 'run']);
add_action('admin_post_logto_sign_in_check', [Admin\ConnectionCheck::class, 'run']);
add_action('admin_notices', [Admin\Notices::class, 'show']);
add_filter('plugin_action_links_' . plugin_basename(__DIR__ . '/logto-sign-in.php'), [Admin\Menu::class, 'links']);
add_action('cli_init', [Import\Command::class, 'register']);
add_filter('site_status_tests', [Admin\SiteHealth::class, 'tests']);
add_filter('debug_information', [Admin\SiteHealth::class, 'debug_information']);
