<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Buttons;

use LogtoSignIn\Tests\TestCase;

/**
 * Buttons on pages.
 */
final class ButtonTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        add_filter('pre_option_siteurl', static fn() => 'https://site.example');
        $this->store(self::SETTINGS);
    }

    /**
     * @dataProvider arguments
     *
     * @param array<string, mixed> $arguments
     */
    public function test_an_address_is_the_same_for_everybody(array $arguments, string $query): void
    {
        self::assertSame('https://site.example/wp-login.php?action=logto' . $query, logto_sign_in_url($arguments));
    }

    /**
     * @return list<array{array<string, mixed>, string}>
     */
    public function arguments(): array
    {
        return [
            [[], ''],
            [['connector' => 'social:dingtalk'], '&direct_sign_in=social:dingtalk'],
            [['connector' => 'sso:a-b_1'], '&direct_sign_in=sso:a-b_1'],
            [['connector' => 'dingtalk', 'redirect_to' => 'https://site.example/?a=1&b=2'], '&provider=dingtalk&redirect_to=https%3A%2F%2Fsite.example%2F%3Fa%3D1%26b%3D2'],
            [['first_screen' => 'register&x=1'], '&first_screen=register%26x%3D1'],
            [['connector' => 'logto'], '&provider=logto'],
            [['connector' => 'social:x&prompt=none'], '&direct_sign_in=social:x%26prompt%3Dnone'],
            [['connector' => ['array']], ''],
        ];
    }

    public function test_a_shortcode_is_a_link_with_its_label(): void
    {
        $_SERVER['REQUEST_URI'] = '';
        $html = do_shortcode('[logto_sign_in connector="social:dingtalk" label="钉钉 & <b>more</b>"]');
        self::assertStringContainsString('action=logto&#038;direct_sign_in=social:dingtalk', $html);
        self::assertStringNotContainsString('<b>', $html);
        self::assertStringContainsString('钉钉 &amp; ', $html);
        self::assertTrue(wp_style_is('logto-sign-in-button', 'enqueued'));
        self::assertStringContainsString('>Continue with DingTalk</a>', do_shortcode('[logto_sign_in connector="social:dingtalk"]'));
        self::assertStringContainsString('>Continue with Logto</a>', do_shortcode('[logto_sign_in]'));
        self::assertStringContainsString('>Continue with single sign-on</a>', logto_sign_in_button(['connector' => 'sso:x']));
        self::assertFileExists(\LogtoSignIn\Support\Plugin::path('assets/button.css'));
    }

    public function test_a_script_is_no_address(): void
    {
        $html = do_shortcode('[logto_sign_in redirect_to="javascript:alert(1)"]');
        self::assertStringContainsString('href="https://site.example/wp-login.php?action=logto&#038;redirect_to=javascript%3Aalert%281%29"', $html);
    }

    public function test_who_is_signed_in_sees_nothing(): void
    {
        wp_set_current_user($this->user()->ID);
        self::assertSame('', do_shortcode('[logto_sign_in]'));
    }

    public function test_nothing_is_shown_before_the_plugin_is_set_up(): void
    {
        $this->store([]);
        self::assertSame('', do_shortcode('[logto_sign_in]'));
        self::assertSame('', logto_sign_in_button());
    }

    /**
     * Fault C7: what followed the question mark, and the number of a page, were lost.
     *
     * @dataProvider addresses
     */
    public function test_fault_c7_the_whole_address_of_the_page_comes_back(string $address): void
    {
        $_SERVER['REQUEST_URI'] = $address;
        $home = (string) preg_replace('~^(\w+://[^/]+).*~', '$1', home_url('/'));
        foreach ([do_shortcode('[logto_sign_in]'), render_block(['blockName' => 'logto-sign-in/button', 'attrs' => [], 'innerBlocks' => [], 'innerHTML' => '', 'innerContent' => []])] as $html) {
            self::assertStringContainsString('redirect_to=' . rawurlencode($home . $address), $html);
        }
    }

    /**
     * @return list<array{string}>
     */
    public function addresses(): array
    {
        return [['/kurse/?kurs=17&amp=1'], ['/kurse/2/'], ['/?p=5&paged=2'], ['/?s=a%20b'], ['/category/x/page/3/?a%5B%5D=1']];
    }

    public function test_an_address_that_is_too_long_gives_way_to_that_of_the_page(): void
    {
        $_SERVER['REQUEST_URI'] = '/kurse/?' . str_repeat('x', 800);
        self::assertStringNotContainsString('xxx', do_shortcode('[logto_sign_in]'));
    }

    public function test_a_list_of_posts_leads_to_the_front_page(): void
    {
        $_SERVER['REQUEST_URI'] = '';
        $before = $GLOBALS['wp_query'];
        $GLOBALS['wp_query'] = new \WP_Query(['author' => 1]);
        try {
            self::assertTrue(is_archive());
            self::assertStringContainsString('redirect_to=' . rawurlencode(home_url('/')), do_shortcode('[logto_sign_in]'));
        } finally {
            $GLOBALS['wp_query'] = $before;
        }
    }

    public function test_another_plugin_may_change_a_button(): void
    {
        $seen = [];
        add_filter('logto_sign_in_button', static function (string $html, array $arguments) use (&$seen): string {
            $seen = $arguments;

            return '<b>' . $html . '</b>';
        }, 10, 2);
        $html = logto_sign_in_button(['connector' => 'social:dingtalk', 'label' => 'Go']);
        self::assertMatchesRegularExpression('~^<b><a [^>]+>Go</a></b>$~', $html);
        self::assertSame(['connector' => 'social:dingtalk', 'label' => 'Go'], $seen);

        add_filter('logto_sign_in_button', '__return_null', 11);
        self::assertMatchesRegularExpression('~^<a [^>]+>Go</a>$~', logto_sign_in_button(['label' => 'Go']));
    }

    public function test_where_no_page_is_shown_a_post_leads_to_itself(): void
    {
        $_SERVER['REQUEST_URI'] = '';
        $post_id = wp_insert_post(['post_title' => 'Members', 'post_status' => 'publish', 'post_type' => 'page']);
        self::assertIsInt($post_id);
        $before = $GLOBALS['post'] ?? null;
        $GLOBALS['post'] = get_post($post_id);
        try {
            $link = rawurlencode((string) get_permalink($post_id));
            self::assertStringContainsString('redirect_to=' . $link, do_shortcode('[logto_sign_in]'));
        } finally {
            $GLOBALS['post'] = $before;
            wp_delete_post($post_id, true);
        }
    }
}
