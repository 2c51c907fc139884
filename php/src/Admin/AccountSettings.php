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
                'on' => __('For everyone who signs in', 'logto-sign-in'),
                'allow_list' => __('Only for people on the lists below', 'logto-sign-in'),
                'off' => __('For no one; I add users in WordPress', 'logto-sign-in'),
            ],
            'help' => __('This setting does not affect people who already have an account.', 'logto-sign-in'),
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
            'help' => __('Social connectors that verify email addresses, by identity provider name, separated by spaces. Addresses from other social accounts, such as DingTalk, do not count for “Require verified email”, email domains, and “Email matching”.', 'logto-sign-in'),
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
                'help' => __('For the lists option: domains of verified addresses, one per line (example.com), no subdomains.', 'logto-sign-in'),
            ],
            'allow_organizations' => [
                'help' => __('For the lists option: organization IDs from the Logto Console, one per line.', 'logto-sign-in'),
            ],
            'allow_roles' => [
                'help' => __('For the lists option: names of user roles from the Logto Console, one per line.', 'logto-sign-in'),
            ],
            'required_organizations' => [
                'help' => __('Only members of at least one of these organizations can sign in, with or without an account. Enter one organization ID per line. Leave empty to allow everyone. Visitors who use direct DingTalk sign-in have no Logto organization, so they are refused if you enter any.', 'logto-sign-in'),
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
                'choice' => __('Require approval for new accounts', 'logto-sign-in'),
                'help' => __('Pending accounts are listed under Users › Pending approval. Until you approve them, they have no role and cannot sign in.', 'logto-sign-in'),
            ],
            'new_account_mail' => [
                'choice' => __('Email the administrator about each new account', 'logto-sign-in'),
                'help' => __('Accounts that need approval are always announced.', 'logto-sign-in'),
            ],
            'require_verified_email' => [
                'choice' => __('Require a verified email address', 'logto-sign-in'),
                'help' => __('Logto treats an account’s primary email address as verified. DingTalk visitors often have none and are then refused.', 'logto-sign-in'),
            ],
            'link_by_email' => [
                'choice' => __('Let visitors connect an existing account through a link emailed to its address', 'logto-sign-in'),
                'help' => __('Available at the first sign-in only, in the same browser, and only for subscriber accounts that are not connected yet. Visitors can always connect an account by logging in with its password.', 'logto-sign-in'),
            ],
        ];
    }

    private static function add_network(SettingsSections $sections): void
    {
        $sections->add('join_site', self::GROUP, [Field::class, 'flag'], [
            'choice' => __('Add network users to a site when they sign in to it', 'logto-sign-in'),
            'help' => __('When off, only members of a site can sign in to it.', 'logto-sign-in'),
        ]);
        $sections->add('site_map', self::GROUP, [Field::class, 'text'], [
            'type' => 'textarea',
            'placeholder' => '',
            'help' => __('Members of a Logto organization become members of a site and lose that membership when they leave the organization. One per line: organization ID = site ID. The site ID is in the URL of the site’s page under Network Admin › Sites.', 'logto-sign-in'),
        ]);
    }
}
