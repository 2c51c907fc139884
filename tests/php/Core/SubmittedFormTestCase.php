<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Tests\TestCase;

/**
 * A form of settings as a browser submits it.
 */
abstract class SubmittedFormTestCase extends TestCase
{
    protected const SUBMITTED = [
        'endpoint' => ' https://Tenant.example/oidc/ ',
        'app_id' => 'app',
        'app_secret' => 'a very secret secret',
        'scope' => 'profile',
        'extra_params' => "b=2\r\na=1",
        'username_strategy' => 'email',
        'require_verified_email' => '1',
        'remember_session' => '0',
        'sync_email' => 'first',
        'role_map' => [3 => ['logto' => 'staff', 'wordpress' => 'editor'], 5 => ['logto' => '', 'wordpress' => 'subscriber']],
        'form_login' => '0',
        'connectors' => " social:dingtalk \r\nsso:abc123=Company <b> & 公司",
        'dingtalk_client_id' => ' client id ',
        'dingtalk_client_secret' => 'a very secret DingTalk secret',
        'dingtalk_scope' => 'openid corpid',
        'dingtalk_corp_ids' => "ding1\r\nding2",
        'dingtalk_app_corp_id' => ' ding2 ',
    ];
}
