<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

/**
 * The buttons of the login page.
 */
final class LoginButtonsTest extends LoginPageTestCase
{
    public function test_a_link_to_register_opens_the_registration_at_logto(): void
    {
        $link = static fn(): string => wp_registration_url();
        $this->store(self::SETTINGS);
        self::assertStringContainsString('first_screen=register', $link());

        $this->store(['login_type' => 'buttons'] + self::SETTINGS);
        self::assertStringNotContainsString('first_screen', $link(), 'WordPress’s own form is still there');
        $this->store(['dingtalk_client_id' => 'ding', 'dingtalk_client_secret' => 'secret']);
        self::assertStringNotContainsString('first_screen', $link(), 'DingTalk has no such page');
    }

    public function test_the_form_has_a_button(): void
    {
        $page = self::page(['form' => '1', 'redirect_to' => 'http://127.0.0.1/?a=1&b="><script>']);
        self::assertStringContainsString('Continue with Logto', $page['body']);
        self::assertStringContainsString('action=logto&#038;provider=logto&#038;redirect_to=http%3A%2F%2F127.0.0.1%2F%3Fa%3D1%26b%3D%22%3E%3Cscript%3E', $page['body']);
    }

    public function test_each_connector_that_the_admin_named_has_a_button(): void
    {
        $page = self::page(['form' => '1', 'redirect_to' => 'http://127.0.0.1/there'], ['settings' => ['endpoint' => self::$provider->url, 'connectors' => "social:dingtalk\nsso:abc = A <b> & c"] + self::SETTINGS]);
        preg_match_all('~<a class="(button [^"]*)" href="http://127\.0\.0\.1/wp-login\.php\?action=logto([^"]*)">([^<]+)</a>~', $page['body'], $buttons, PREG_SET_ORDER);
        $there = 'redirect_to=http%3A%2F%2F127.0.0.1%2Fthere';
        self::assertSame([
            ['button button-primary button-large', '&#038;provider=logto&#038;' . $there, 'Continue with Logto'],
            ['button button-large', "&#038;{$there}&#038;direct_sign_in=social:dingtalk", 'Continue with DingTalk'],
            ['button button-large', "&#038;{$there}&#038;direct_sign_in=sso:abc", 'A &lt;b&gt; &amp; c'],
        ], array_map(static fn(array $match): array => array_slice($match, 1), $buttons));
        self::assertSame([], $page['fetched']);
        self::assertSame([], preg_grep('/^set-cookie: wordpress_logto_/i', $page['headers']), 'nothing is minted before the click');
    }

    public function test_the_small_window_opens_a_tab(): void
    {
        self::assertStringContainsString('>Continue with Logto (in a new tab)<', self::page(['interim-login' => '1'])['body']);
        self::assertMatchesRegularExpression('/action=logto&#038;provider=logto" target="_blank" rel="noopener"/', self::page(['interim-login' => '1'])['body']);
    }
}
