<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Page as ImportPage;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Plugin;

/**
 * Logto › Set up: two cards, each with three steps. What is done shows in the settings, so every step can be done again.
 */
final class Page
{
    public const SLUG = 'logto-sign-in-setup';

    /** The plugin's menu. */
    private const MENU = 'logto-sign-in';

    /**
     * Action `admin_menu`.
     */
    public static function add(): void
    {
        if (!self::is_allowed()) {
            return;
        }

        $label = __('Set up', 'logto-sign-in');
        $page = add_submenu_page(self::MENU, $label . ' ‹ ' . __('Logto Sign-In', 'logto-sign-in'), $label, 'manage_options', self::SLUG, [self::class, 'render'], 1);
        if (is_string($page)) {
            add_action('load-' . $page, [self::class, 'enqueue']);
        }
    }

    /**
     * Who signs in is the network's business, where there is one.
     */
    public static function is_allowed(): bool
    {
        return current_user_can('manage_options') && Access::network_allows();
    }

    /**
     * @param string $code What there is to tell: a code of the catalog, or of {@see Notice::told()}.
     */
    public static function url(string $code = ''): string
    {
        return add_query_arg(array_filter(['page' => self::SLUG, 'told' => $code]), admin_url('admin.php'));
    }

    public static function enqueue(): void
    {
        wp_enqueue_style('logto-sign-in', Plugin::url('assets/admin.css'), [], Plugin::VERSION);
        wp_enqueue_style('logto-sign-in-setup', Plugin::url('assets/setup.css'), ['logto-sign-in'], Plugin::VERSION);
        wp_enqueue_script('logto-sign-in', Plugin::url('assets/admin.js'), [], Plugin::VERSION, true);
        $message = (string) wp_json_encode(['copied' => __('Copied', 'logto-sign-in'), 'failed' => __('Press Ctrl+C to copy', 'logto-sign-in')]);
        wp_add_inline_script('logto-sign-in', 'window.logtoSignIn = ' . $message . ';', 'before');
    }

    public static function render(): void
    {
        if (!self::is_allowed()) {
            return;
        }

        echo '<div class="wrap logto-page logto-setup"><h1>' . esc_html__('Set Up Logto Sign-In', 'logto-sign-in') . '</h1>';
        Notice::told();
        settings_errors();
        LastStep::turn_on();
        self::import();
        echo '<div class="logto-cards">';
        self::card(Provider::Logto, __('I have a Logto tenant', 'logto-sign-in'), __('Visitors use whatever your tenant offers: email, phone, social and company accounts, DingTalk among them.', 'logto-sign-in'));
        self::card(Provider::Dingtalk, __('DingTalk only', 'logto-sign-in'), __('Visitors sign in with DingTalk. You do not need Logto.', 'logto-sign-in'));
        echo '</div><p class="screen-reader-text" role="status" id="logto-copied"></p></div>';
    }

    private static function import(): void
    {
        if (LogtoPlugin::options() !== []) {
            printf(
                '<p>%s <a href="%s">%s</a></p>',
                esc_html__('This site has settings of the official Logto plugin.', 'logto-sign-in'),
                esc_url(ImportPage::url()),
                esc_html__('Import from the official Logto plugin', 'logto-sign-in'),
            );
        }
    }

    private static function card(Provider $provider, string $title, string $text): void
    {
        $id = 'logto-card-' . $provider->value;
        printf('<section class="logto-card" aria-labelledby="%1$s"><h2 id="%1$s">%2$s</h2><p>%3$s</p>', esc_attr($id), esc_html($title), esc_html($text));
        Steps::create($provider);
        Steps::credentials($provider);
        echo '</section>';
    }
}
