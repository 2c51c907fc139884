<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Buttons;

use LogtoSignIn\Buttons\Block;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * The block, on pages and in the editor.
 */
final class BlockTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        add_filter('pre_option_siteurl', static fn() => 'https://site.example');
        $this->store(['connectors' => "social:dingtalk\nsso:abc = </script> & more"] + self::SETTINGS);
        // The tests run where pages are edited. On pages, nothing is registered.
        self::forget();
    }

    public function test_a_page_does_not_register_the_block(): void
    {
        $hooks = Program::page('index.php', [], ['settings' => self::SETTINGS])['hooks'];

        self::assertNotContains('enqueue_block_editor_assets', $hooks);
        self::assertNotFalse(has_filter('render_block_logto-sign-in/button', [Block::class, 'render']));
    }

    public function test_a_block_becomes_a_button(): void
    {
        $html = do_blocks('<!-- wp:logto-sign-in/button {"connector":"social:dingtalk","redirect_to":"/members/?a=1\u0026b=2"} /-->');
        self::assertSame(
            '<div class="wp-block-logto-sign-in-button"><a class="logto-button wp-element-button" href="https://site.example/wp-login.php?action=logto&#038;redirect_to=%2Fmembers%2F%3Fa%3D1%26b%3D2&#038;direct_sign_in=social:dingtalk" rel="nofollow">Continue with DingTalk</a></div>',
            $html,
        );
        self::assertTrue(wp_style_is('logto-sign-in-button', 'enqueued'));
        self::assertSame($html, do_blocks('<!-- wp:logto-sign-in/button {"connector":"social:dingtalk","redirect_to":"/members/?a=1\u0026b=2"} /-->'));
    }

    public function test_attributes_are_untrusted(): void
    {
        $html = do_blocks('<!-- wp:logto-sign-in/button {"connector":"social:x\"><script>","label":"<img src=x onerror=alert(1)> a \u0026 b","redirect_to":"javascript:alert(1)"} /-->');
        self::assertStringContainsString('>a &amp; b</a>', $html);
        self::assertStringNotContainsString('<script', $html);
        self::assertStringNotContainsString('javascript', $html);
        self::assertStringContainsString('direct_sign_in=social:x%22%3E"', $html, 'which the core takes for no connector');
        foreach (['{"connector":["x"],"label":{"a":1},"redirect_to":7}', '{}', ''] as $attributes) {
            self::assertStringContainsString('>Continue with Logto</a>', do_blocks("<!-- wp:logto-sign-in/button {$attributes} /-->"));
        }
    }

    public function test_who_is_signed_in_sees_nothing(): void
    {
        wp_set_current_user($this->user()->ID);
        self::assertSame('', do_blocks('<!-- wp:logto-sign-in/button /-->'));
    }

    public function test_nothing_is_shown_before_the_plugin_is_set_up(): void
    {
        $this->store([]);
        self::assertSame('', do_blocks('<!-- wp:logto-sign-in/button /-->'));
    }

    public function test_the_editor_is_told_what_there_is_to_choose(): void
    {
        Block::register();
        Block::enqueue();
        $before = wp_scripts()->get_data('logto-sign-in-block', 'before');
        $script = implode("\n", array_filter($before, 'is_string'));
        wp_dequeue_script('logto-sign-in-block');
        wp_deregister_script('logto-sign-in-block');
        self::assertStringNotContainsString('</script>', $script);
        self::assertSame(1, preg_match('/^window\.logtoSignInBlock = (.+);$/m', $script, $match));
        $known = json_decode($match[1], true, 16, JSON_THROW_ON_ERROR);
        self::assertSame(['', 'social:dingtalk', 'sso:abc'], array_column($known['choices'], 'value'));
        self::assertSame(['Continue with Logto', 'Continue with DingTalk', '</script> & more'], array_column($known['choices'], 'text'));

        $source = (string) file_get_contents(\LogtoSignIn\Support\Plugin::path('assets/block.js'));
        preg_match_all('/\bwords\.(\w+)/', $source, $words);
        self::assertEqualsCanonicalizing(array_keys($known['words']), array_values(array_unique($words[1])));
    }

    public function test_the_editor_shows_the_button_as_pages_do(): void
    {
        self::assertNotFalse(has_filter('block_editor_settings_all', [Block::class, 'style']));
        $settings = Block::style(['styles' => [['css' => 'before']], 'other' => 1]);
        self::assertSame(['before', 1], [$settings['styles'][0]['css'], $settings['other']]);
        self::assertStringContainsString('.logto-button', $settings['styles'][1]['css']);
        self::assertSame('broken', Block::style('broken'));
    }

    public function test_the_editor_and_the_directory_know_it_by_its_file(): void
    {
        Block::register();
        Block::register();

        $block = \WP_Block_Type_Registry::get_instance()->get_registered('logto-sign-in/button');
        self::assertInstanceOf(\WP_Block_Type::class, $block);
        self::assertSame([3, 'Logto sign-in button', ['logto-sign-in-block']], [$block->api_version, $block->title, $block->editor_script_handles]);
        self::assertSame([], array_diff(['connector', 'label', 'redirect_to'], array_keys($block->attributes)));
    }

    private static function forget(): void
    {
        $registry = \WP_Block_Type_Registry::get_instance();
        if ($registry->is_registered('logto-sign-in/button')) {
            $registry->unregister('logto-sign-in/button');
        }
    }
}
