<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

/**
 * The section “Accounts” of the settings page: who is let in, and who gets an account.
 */
final class AccountSettings
{
    public const GROUP = 'accounts';

    public static function add(SettingsSections $sections): void
    {
        $select = [Field::class, 'select'];
        $flag = [Field::class, 'flag'];
        $text = [Field::class, 'text'];
        $sections->add('provisioning', self::GROUP, $select, [
            'choices' => [
                'on' => __('For everybody whom Logto lets through', 'logto-sign-in'),
                'allow_list' => __('For those on one of the three lists below', 'logto-sign-in'),
                'off' => __('For nobody: accounts are made in WordPress and linked', 'logto-sign-in'),
            ],
            'help' => __('Who has an account already signs in whatever stands here.', 'logto-sign-in'),
        ]);
        foreach (self::lists() as $name => $field) {
            $sections->add($name, self::GROUP, $text, $field + ['type' => 'textarea', 'placeholder' => '']);
        }

        foreach (self::flags() as $name => $field) {
            $sections->add($name, self::GROUP, $flag, $field);
        }

        $sections->add('trusted_email_connectors', self::GROUP, $text, [
            'type' => 'text',
            'placeholder' => 'google apple',
            'help' => __('Social connectors that verify email addresses, by identity provider name, separated by spaces. Addresses from other social accounts, such as DingTalk, do not count for “Verified e-mail required”, the email domains and “Link by e-mail”.', 'logto-sign-in'),
        ]);
        if (is_multisite()) {
            self::add_network($sections);
        }
    }

    /**
     * @return array<string, array{help: string}>
     */
    private static function lists(): array
    {
        return [
            'allow_email_domains' => [
                'help' => __('For the choice with lists: domains of verified e-mail addresses, one per line, without their subdomains. Example: example.com', 'logto-sign-in'),
            ],
            'allow_organizations' => [
                'help' => __('For the choice with lists: organisation IDs of the Logto Console, one per line.', 'logto-sign-in'),
            ],
            'allow_roles' => [
                'help' => __('For the choice with lists: names of user roles in the Logto Console, one per line.', 'logto-sign-in'),
            ],
            'required_organizations' => [
                'help' => __('Only members of at least one of these may sign in, with an account or without: organisation IDs, one per line. Empty: everybody. Visitors who come from DingTalk without Logto have no organisation at Logto and are refused then.', 'logto-sign-in'),
            ],
        ];
    }

    /**
     * @return array<string, array{choice: string, help: string}>
     */
    private static function flags(): array
    {
        return [
            'pending_approval' => [
                'choice' => __('New accounts wait until an administrator approves them', 'logto-sign-in'),
                'help' => __('They are listed under Users › Pending approval. Until then they have no role and cannot sign in.', 'logto-sign-in'),
            ],
            'require_verified_email' => [
                'choice' => __('Admit only visitors with a verified e-mail address', 'logto-sign-in'),
                'help' => __('Logto calls the primary e-mail address of an account verified. Visitors of DingTalk often have none and are refused then.', 'logto-sign-in'),
            ],
            'link_by_email' => [
                'choice' => __('Let visitors connect an existing account with a link mailed to its address', 'logto-sign-in'),
                'help' => __('At the first sign-in only, in the same browser, and only for subscribers’ accounts that are not yet connected. With or without this setting, visitors can connect an account by logging in with its password.', 'logto-sign-in'),
            ],
        ];
    }

    private static function add_network(SettingsSections $sections): void
    {
        $sections->add('join_site', self::GROUP, [Field::class, 'flag'], [
            'choice' => __('Users of the network join the site that they sign in to', 'logto-sign-in'),
            'help' => __('Otherwise only its members may sign in to a site.', 'logto-sign-in'),
        ]);
        $sections->add('site_map', self::GROUP, [Field::class, 'text'], [
            'type' => 'textarea',
            'placeholder' => '',
            'help' => __('Who belongs to an organisation of Logto becomes a member of a site, and stops being one when they leave. One per line, as organisation ID = site number. The number stands in the address of the site’s page under Network Admin › Sites.', 'logto-sign-in'),
        ]);
    }
}
