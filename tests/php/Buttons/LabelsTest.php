<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Buttons;

use LogtoSignIn\Buttons\Labels;
use LogtoSignIn\Tests\TestCase;

/**
 * The connectors that have buttons of their own.
 */
final class LabelsTest extends TestCase
{
    private const NAMED = ['connectors' => "social:dingtalk\nsso:abc123 = Company = account\nsocial:github = GitHub <b>"];

    private const DINGTALK = ['dingtalk_client_id' => 'client id', 'dingtalk_client_secret' => 'a DingTalk secret'];

    public function test_the_lines_are_read_as_the_core_writes_them(): void
    {
        $this->store(self::NAMED + self::SETTINGS);
        self::assertSame([['social:dingtalk', ''], ['sso:abc123', 'Company = account'], ['social:github', 'GitHub <b>']], Labels::named());
        foreach (['', ['array'], 7] as $stored) {
            $this->store(['connectors' => $stored] + self::SETTINGS);
            self::assertSame($stored === 7 ? [['7', '']] : [], Labels::named());
        }
    }

    /**
     * @dataProvider labels
     */
    public function test_every_button_has_a_name(string $connector, string $label): void
    {
        $this->store(self::NAMED + self::SETTINGS);
        self::assertSame($label, Labels::label($connector));
    }

    /**
     * @return list<array{string, string}>
     */
    public function labels(): array
    {
        return [
            ['', 'Continue with Logto'],
            ['logto', 'Continue with Logto'],
            ['dingtalk', 'Continue with DingTalk'],
            ['social:dingtalk', 'Continue with DingTalk'],
            ['social:wechat', 'Continue with WeChat'],
            ['social:github', 'GitHub <b>'],
            ['social:gitlab', 'Continue with GitLab'],
            ['social:my-own_idp', 'Continue with My Own Idp'],
            ['sso:abc123', 'Company = account'],
            ['sso:another', 'Continue with single sign-on'],
            ['social:', 'Sign in'],
            ['magic', 'Sign in'],
        ];
    }

    public function test_no_connector_is_the_first_provider(): void
    {
        $this->store(self::DINGTALK);
        self::assertSame('Continue with DingTalk', Labels::label(''));
    }

    public function test_connectors_of_a_tenant_need_the_tenant(): void
    {
        $this->store(self::NAMED + self::DINGTALK);
        self::assertSame(['dingtalk'], Labels::connectors());
        $this->store(self::NAMED + self::SETTINGS + self::DINGTALK);
        self::assertSame(['logto', 'social:dingtalk', 'sso:abc123', 'social:github', 'dingtalk'], Labels::connectors());
        $this->store([]);
        self::assertSame([], Labels::connectors());
    }
}
