<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

/**
 * The section “REST API” of the settings page: whose access tokens are valid, and what they allow.
 */
final class ApiSettings
{
    public const GROUP = 'api';

    public static function add(SettingsSections $sections): void
    {
        $text = [Field::class, 'text'];
        $sections->add('api_resource', self::GROUP, $text, [
            'type' => 'text',
            'help' => __('Access tokens for this API resource of the Logto Console are valid at the REST API. Leave empty to accept none.', 'logto-sign-in'),
            'placeholder' => rest_url(),
        ]);
        $sections->add('api_scopes', self::GROUP, $text, [
            'type' => 'textarea',
            'help' => __('One per line: a permission of the API resource, an equals sign, and the WordPress capabilities that it allows. A token never allows more than its user may do.', 'logto-sign-in'),
            'placeholder' => "read:posts = read\nwrite:posts = read, edit_posts, publish_posts",
        ]);
        $sections->add('api_m2m_user', self::GROUP, $text, [
            'type' => 'text',
            'help' => __('The username that machine-to-machine apps act as. Leave empty to refuse them.', 'logto-sign-in'),
            'placeholder' => '',
        ]);
    }
}
