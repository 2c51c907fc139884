<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Buttons\Labels;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Setup\Steps;

/**
 * The section "DingTalk without a tenant" of the settings page.
 */
final class DingtalkSettings
{
    public const GROUP = 'dingtalk';

    private const ADDRESS = 'logto-dingtalk-redirect';

    /**
     * What to do at DingTalk, above the fields.
     */
    public static function steps(): void
    {
        echo '<p>' . esc_html__('Works with or without Logto. Leave the Client ID empty to turn it off.', 'logto-sign-in') . '</p>';
        Steps::list(Provider::Dingtalk);
        self::warn();
    }

    /**
     * Logto's DingTalk connector and DingTalk itself are two ways for the same people.
     */
    private static function warn(): void
    {
        if (Settings::current()->has_dingtalk() && in_array('social:dingtalk', array_column(Labels::named(), 0), true)) {
            printf(
                '<div class="notice notice-warning inline"><p>%s</p></div>',
                esc_html__('Two buttons lead to DingTalk: this one and Logto’s connector. They lead to the same account only if both applications belong to the same developer organization at DingTalk. To avoid doubt, remove social:dingtalk from the connectors, or the Client ID below.', 'logto-sign-in'),
            );
        }
    }

    /**
     * Adds the fields to the settings page.
     */
    public static function add(SettingsSections $sections): void
    {
        if (!$sections->has('dingtalk_client_id', self::GROUP)) {
            return;
        }

        $title = sprintf('<span id="%s-label">%s</span>', esc_attr(self::ADDRESS), esc_html__('Redirect URL', 'logto-sign-in'));
        add_settings_field('dingtalk_redirect', $title, [self::class, 'address'], SettingsPage::SLUG, self::GROUP, ['label_for' => self::ADDRESS]);
        foreach (self::fields() as $name => $field) {
            $print = $field['type'] === 'select' ? [Field::class, 'select'] : [Field::class, 'text'];
            $sections->add($name, self::GROUP, $print, $field);
        }
    }

    public static function address(): void
    {
        Field::address(self::ADDRESS, Site::dingtalk_redirect_uri());
    }

    /**
     * @return array<string, array{type: string, help: string, placeholder: string, choices: array<string, string>}>
     */
    private static function fields(): array
    {
        $none = ['placeholder' => '', 'choices' => []];

        return [
            'dingtalk_client_id' => [
                'type' => 'text',
                'help' => __('Formerly called AppKey. Found under Basic Information › Credentials of the application.', 'logto-sign-in'),
            ] + $none,
            'dingtalk_client_secret' => [
                'type' => 'text',
                'help' => __('Formerly called AppSecret. Never shown again after saving. Leave empty to keep it.', 'logto-sign-in'),
            ] + $none,
            'dingtalk_scope' => [
                'type' => 'select',
                'help' => __('If you list organizations below, the organization is always requested.', 'logto-sign-in'),
                'choices' => [
                    'openid' => __('The person (openid)', 'logto-sign-in'),
                    'openid corpid' => __('The person and their organization (openid corpid)', 'logto-sign-in'),
                ],
            ] + $none,
            'dingtalk_corp_ids' => [
                'type' => 'textarea',
                'help' => __('Only members of these organizations can sign in: one corpId per line. Leave empty to allow everyone.', 'logto-sign-in'),
            ] + $none,
            'dingtalk_app_corp_id' => [
                'type' => 'text',
                'help' => __('Visitors who open the site in the DingTalk app are signed in there, without another page. Enter the corpId of the organization that owns the application; you find it on the home page of the DingTalk Open Platform. Leave empty to use the same sign-in as in a browser.', 'logto-sign-in'),
            ] + $none,
        ];
    }
}
