<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\TestCase;

/**
 * Login forms outside of wp-login.php.
 */
final class LoginFormsTest extends TestCase
{
    private const HERE = '/kurse/?kurs=17&b=<x>';

    protected function setUp(): void
    {
        parent::setUp();
        $_SERVER['REQUEST_URI'] = self::HERE;
        $this->store(['connectors' => 'social:dingtalk'] + self::SETTINGS);
    }

    /**
     * Fault C5: the forms of themes, plugins and shops had no button.
     *
     * @dataProvider forms
     */
    public function test_fault_c5_every_login_form_has_the_buttons(string $setting, string $form): void
    {
        $html = self::form($form);
        self::assertSame(1, substr_count($html, '>Continue with Logto</a>'), $html);
        self::assertSame(1, substr_count($html, '>Continue with DingTalk</a>'), $html);
        self::assertStringContainsString('kurs%3D17', $html, 'the form leads back to its page');
        self::assertStringNotContainsString('logto-buttons-only', $html);

        $this->store(['form_login' => false] + self::SETTINGS);
        self::assertStringContainsString('class="logto-buttons logto-buttons-only"', self::form($form));

        $this->store([$setting => false] + self::SETTINGS);
        self::assertStringNotContainsString('logto-button', self::form($form));
        $this->store([]);
        self::assertStringNotContainsString('logto-button', self::form($form));
    }

    /**
     * @return array<string, array{string, string}>
     */
    public function forms(): array
    {
        return [
            'wp_login_form()' => ['form_buttons', 'wp_login_form'],
            'a form with the hook of wp-login.php' => ['form_buttons', 'login_form'],
            'WooCommerce' => ['woocommerce_buttons', 'woocommerce_login_form_start'],
        ];
    }

    /**
     * Fault C5: the block led to the login page, and showed the path that another plugin keeps secret.
     */
    public function test_fault_c5_the_link_of_the_block_starts_a_sign_in(): void
    {
        add_filter('login_url', static fn(): string => home_url('/secret-door/'));
        $link = static fn(array $attributes): string => render_block(['blockName' => 'core/loginout', 'attrs' => $attributes, 'innerBlocks' => [], 'innerHTML' => '', 'innerContent' => []]);

        $html = $link(['redirectToCurrent' => true]);
        self::assertMatchesRegularExpression('~<a [^>]*href="[^"]*/wp-login\.php\?action=logto&\#038;redirect_to=[^"]*kurs%3D17[^"]*"~', $html);
        self::assertStringNotContainsString('secret-door', $html);
        self::assertMatchesRegularExpression('~href="[^"]*/wp-login\.php\?action=logto"~', $link(['redirectToCurrent' => false]));

        $this->store(['login_link' => false] + self::SETTINGS);
        self::assertStringContainsString('secret-door', $link([]));
        $this->store(self::SETTINGS);
        wp_set_current_user($this->user()->ID);
        self::assertStringContainsString('action=logout', $link([]));
    }

    private static function form(string $form): string
    {
        if ($form === 'wp_login_form') {
            return (string) wp_login_form(['echo' => false]);
        }

        ob_start();
        do_action($form);

        return (string) ob_get_clean();
    }
}
