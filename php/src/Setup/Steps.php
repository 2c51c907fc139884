<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Labels;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;

/**
 * The first two steps: to create the application at the provider, and to bring its credentials here.
 */
final class Steps
{
    /** Where the Logto Console lists the applications of a tenant, and where DingTalk lists those of a company. */
    private const CONSOLE = ['logto' => 'https://cloud.logto.io/to/applications', 'dingtalk' => 'https://open-dev.dingtalk.com/fe/app#/corp/app'];

    public static function create(Provider $provider): void
    {
        printf('<h3>%s</h3>', esc_html__('1. Create the application', 'logto-sign-in'));
        printf(
            '<p><a class="button" href="%s" target="_blank" rel="noopener">%s</a></p>',
            esc_url(self::CONSOLE[$provider->value]),
            $provider === Provider::Logto ? esc_html__('Open the Logto Console (new tab)', 'logto-sign-in') : esc_html__('Open the DingTalk Open Platform (new tab)', 'logto-sign-in'),
        );
        self::list($provider);
        self::addresses($provider);
    }

    /**
     * What to do at the provider.
     */
    public static function list(Provider $provider): void
    {
        echo '<ol>';
        foreach ($provider === Provider::Logto ? self::logto() : self::dingtalk() as [$step, $menu]) {
            // The platform has Chinese menus, whatever language its reader has.
            printf('<li>%s%s</li>', esc_html($step), $menu === '' ? '' : ' <span class="logto-menu" lang="zh-CN">' . esc_html($menu) . '</span>');
        }

        echo '</ol>';
    }

    public static function credentials(Provider $provider): void
    {
        printf('<h3>%s</h3>', esc_html__('2. Enter the credentials', 'logto-sign-in'));
        Action::open('save');
        printf('<input type="hidden" name="provider" value="%s">', esc_attr($provider->value));
        array_map(self::field(...), self::fields($provider));
        printf('<p><button class="button">%s</button></p>', esc_html__('Save', 'logto-sign-in'));
        LastStep::test($provider);
        echo '</form>';
    }

    /**
     * The settings that hold a provider's credentials.
     *
     * @return list<string>
     */
    public static function fields(Provider $provider): array
    {
        return $provider === Provider::Logto ? ['endpoint', 'app_id', 'app_secret'] : ['dingtalk_client_id', 'dingtalk_client_secret'];
    }

    /**
     * @return list<array{string, string}>
     */
    private static function logto(): array
    {
        return [
            [__('In the Logto Console, go to Applications and create an application of type “Traditional web”.', 'logto-sign-in'), ''],
            [__('Enter the two addresses below under “Redirect URIs” and “Post sign-out redirect URIs”, then save.', 'logto-sign-in'), ''],
            [__('If your tenant offers DingTalk: under Sign-in & account › Sign-up and sign-in, turn off “Require users to provide missing sign-up identifier”. Otherwise Logto asks each new DingTalk visitor to choose a username.', 'logto-sign-in'), ''],
        ];
    }

    /**
     * @return list<array{string, string}>
     */
    private static function dingtalk(): array
    {
        return [
            [__('In the DingTalk Open Platform, go to Application Development › Internal Enterprise Application and create an application.', 'logto-sign-in'), '应用开发 › 企业内部应用 › 钉钉应用'],
            [__('Under Development Configuration › Security Settings, enter the redirect URL below exactly as shown.', 'logto-sign-in'), '开发配置 › 安全设置 › 重定向 URL'],
            [__('Under Permission Management, request Contact.User.Read and, for phone numbers, Contact.User.mobile.', 'logto-sign-in'), '开发配置 › 权限管理 › 通讯录个人信息读权限、个人手机号信息'],
            [__('Under Application Release › Version Management and Release, release the first version. Until you do, DingTalk refuses every sign-in.', 'logto-sign-in'), '应用发布 › 版本管理与发布'],
            [__('Under Basic Information › Credentials, copy the Client ID and Client Secret into the fields below.', 'logto-sign-in'), '基础信息 › 凭证与基础信息'],
        ];
    }

    private static function addresses(Provider $provider): void
    {
        $addresses = $provider === Provider::Logto
            ? [
                'logto-redirect-uri' => [__('Redirect URI', 'logto-sign-in'), Site::redirect_uri()],
                'logto-post-sign-out' => [__('Post sign-out redirect URI', 'logto-sign-in'), Site::post_logout_redirect_uri()],
            ]
            : ['logto-dingtalk-redirect' => [__('Redirect URL', 'logto-sign-in'), Site::dingtalk_redirect_uri()]];
        foreach ($addresses as $id => [$label, $address]) {
            printf(
                '<p><label for="%1$s" id="%1$s-label">%2$s</label><br><span class="logto-copy"><input id="%1$s" type="text" class="large-text code" value="%3$s" readonly><button type="button" class="button" data-logto-copy="%1$s" aria-describedby="%1$s-label">%4$s</button></span></p>',
                esc_attr($id),
                esc_html($label),
                esc_attr($address),
                esc_html__('Copy', 'logto-sign-in'),
            );
        }

        if (count($addresses) > 1) {
            printf('<textarea id="logto-both" class="screen-reader-text" tabindex="-1" aria-hidden="true" readonly>%s</textarea>', esc_textarea(implode("\n", array_column($addresses, 1))));
            printf('<p><button type="button" class="button" data-logto-copy="logto-both">%s</button></p>', esc_html__('Copy both', 'logto-sign-in'));
        }
    }

    private static function field(string $name): void
    {
        $stored = Settings::current()->text($name);
        $is_secret = in_array($name, Defaults::SECRETS, true);
        $refused = RefusedInput::of($name);
        printf(
            '<p><label for="logto-%1$s">%2$s</label><br><input id="logto-%1$s" name="%1$s" type="%3$s" class="regular-text code" value="%4$s" placeholder="%5$s" autocomplete="%6$s" autocapitalize="off" spellcheck="false"%7$s></p>',
            esc_attr($name),
            esc_html(Labels::of($name)),
            $is_secret ? 'password' : 'text',
            esc_attr($is_secret ? '' : $refused['text'] ?? $stored),
            esc_attr(match (true) {
                $is_secret && $stored !== '' => __('Saved. Leave empty to keep it.', 'logto-sign-in'),
                $name === 'endpoint' => 'https://your-tenant.logto.app',
                default => '',
            }),
            $is_secret ? 'new-password' : 'off',
            $refused === null ? '' : sprintf(' aria-invalid="true" aria-describedby="logto-%s-problem"', esc_attr($name)),
        );
        if ($refused !== null) {
            printf('<p class="logto-problem" id="logto-%s-problem">%s</p>', esc_attr($name), esc_html(Catalog::of($refused['code'])->message));
        }
    }
}
