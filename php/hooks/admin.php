<?php

/**
 * The hooks of whatever administers: wp-admin, WP-CLI, scheduled tasks, and the REST API.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

require_once __DIR__ . '/accounts.php';

// The REST API, which knows the blocks too, is asked for only after `init`.
did_action('init') > 0 ? Buttons\Block::register() : add_action('init', [Buttons\Block::class, 'register']);
add_action('enqueue_block_editor_assets', [Buttons\Block::class, 'enqueue']);
add_filter('block_editor_settings_all', [Buttons\Block::class, 'style']);
add_filter('wp_privacy_personal_data_exporters', [Privacy\Exporter::class, 'exporters']);
add_filter('wp_privacy_personal_data_erasers', [Privacy\Exporter::class, 'erasers']);
add_filter('wp_privacy_personal_data_exporters', [Privacy\ActivityExporter::class, 'exporters']);
add_filter('wp_privacy_personal_data_erasers', [Privacy\ActivityExporter::class, 'erasers']);
// Profile pages offer application passwords where they are allowed.
add_filter('wp_is_application_passwords_available_for_user', [SignIn\PasswordLogin::class, 'application_passwords']);
add_action('cli_init', [Commands\Registration::class, 'register']);
add_action('cli_init', [Import\Command::class, 'register']);
add_action('cli_init', [Admin\Command::class, 'register']);
add_action('wp_scheduled_delete', [Activity\Recorder::class, 'prune']);
add_filter('site_status_tests', [Admin\SiteHealth::class, 'tests']);
add_filter('site_status_tests', [Admin\ServerHealth::class, 'tests']);
add_filter('debug_information', [Admin\SiteHealth::class, 'debug_information']);

if (!is_admin()) {
    return;
}

// Users, in wp-admin.
add_action('show_user_profile', [Linking\OwnSection::class, 'show']);
add_action('admin_post_logto_sign_in_ways', [Linking\Link::class, 'run']);
add_action('edit_user_profile', [Linking\UserSection::class, 'show']);
add_action('logto_sign_in_user_section', [UsersList\Confirmation::class, 'offer_approval']);
add_action('admin_post_logto_sign_in_user_ways', [Linking\AdminLink::class, 'run']);
add_action('show_user_profile', [Linking\FollowedFields::class, 'show']);
add_action('edit_user_profile', [Linking\FollowedFields::class, 'show']);
add_action('load-users.php', [UsersList\Screen::class, 'load']);
add_action('admin_post_logto_sign_in_users', [UsersList\Actions::class, 'run']);
add_action('load-index.php', [Admin\EmailReminder::class, 'load']);
add_action('load-profile.php', [Admin\EmailReminder::class, 'load']);
add_action('admin_post_logto_sign_in_no_reminder', [Admin\EmailReminder::class, 'dismiss']);

// Settings and help, in wp-admin.
add_action('admin_init', [Support\Tables::class, 'upgrade']);
add_action('admin_init', [Settings\LoginPath::class, 'registered']);
add_action('admin_init', [Privacy\Policy::class, 'suggest']);
add_action('admin_init', [Admin\SettingsPage::class, 'register']);
add_action('admin_menu', [Admin\Menu::class, 'add']);
add_action('admin_menu', [Setup\Page::class, 'add'], 11);
add_action('admin_post_logto_sign_in_setup', [Setup\Action::class, 'run']);
add_action('admin_notices', [Setup\Notice::class, 'show']);
add_action('admin_enqueue_scripts', [Admin\Menu::class, 'enqueue']);
add_action('network_admin_menu', [Admin\NetworkPage::class, 'add']);
add_action('network_admin_edit_logto_sign_in', [Admin\NetworkPage::class, 'save']);
add_action('admin_post_logto_sign_in_network', [Admin\CustomSettings::class, 'switch']);
add_action('admin_post_logto_sign_in_custom', [Admin\CustomSettings::class, 'save']);
add_action('admin_post_logto_sign_in_import', [Import\Action::class, 'run']);
add_action('admin_post_logto_sign_in_check', [Admin\ConnectionCheck::class, 'run']);
add_action('admin_post_logto_sign_in_disconnect', [Admin\Disconnect::class, 'run']);
add_action('admin_post_logto_sign_in_export', [Admin\SettingsTransfer::class, 'export']);
add_action('admin_post_logto_sign_in_settings', [Admin\SettingsTransfer::class, 'import']);
add_action('admin_post_logto_sign_in_address', [Admin\AddressNotice::class, 'change']);
add_action('admin_notices', [Admin\Notices::class, 'show']);
add_action('admin_notices', [Admin\AddressNotice::class, 'show']);
add_action('admin_notices', [ActivityList\FailureNotice::class, 'show']);
add_filter('plugin_action_links_' . plugin_basename(dirname(__DIR__) . '/logto-sign-in.php'), [Admin\Menu::class, 'links']);
