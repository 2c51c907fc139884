<?php

declare(strict_types=1);

namespace LogtoSignIn\Buttons;

use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * The block “Logto sign-in button”. It is registered where pages are edited: on every page view, that would cost
 * something. WordPress fires a block's own filter for a block that it does not know, too, and this class is read then.
 */
final class Block
{
    private const NAME = 'logto-sign-in/button';

    /** The handle of its script, as `php/blocks/button/block.json` has it. */
    private const SCRIPT = 'logto-sign-in-block';

    /**
     * The button in place of the block, which is saved empty. The wrapper is what a theme aligns with its text.
     */
    public static function render(mixed $html, mixed $block): string
    {
        $attributes = Input::map(Input::to_map($block), 'attrs');
        $button = Button::on_page([
            'connector' => sanitize_text_field(Input::string($attributes, 'connector')),
            'label' => sanitize_text_field(Input::string($attributes, 'label')),
            'redirect_to' => sanitize_url(Input::string($attributes, 'redirect_to')),
        ]);

        return $button === '' ? '' : '<div class="wp-block-logto-sign-in-button">' . $button . '</div>';
    }

    /**
     * Registers `php/blocks/button/block.json` with the words of the user's language. A page shows blocks without this, so the
     * file promises nothing that WordPress would do there.
     */
    public static function register(): void
    {
        if (\WP_Block_Type_Registry::get_instance()->is_registered(self::NAME)) {
            return;
        }

        $needs = ['wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element'];
        wp_scripts()->add(self::SCRIPT, Plugin::url('assets/block.js'), $needs, Plugin::VERSION);
        wp_scripts()->add_data(self::SCRIPT, 'group', 1);
        register_block_type_from_metadata(Plugin::path('blocks/button'), [
            'title' => __('Logto sign-in button', 'logto-sign-in'),
            'description' => __('Leads visitors to sign in. Users who are signed in do not see it.', 'logto-sign-in'),
            'keywords' => array_map('trim', explode(',', __('login, sign in, DingTalk', 'logto-sign-in'))),
        ]);
    }

    /**
     * What the script has to know, in the editor alone.
     */
    public static function enqueue(): void
    {
        $known = (string) wp_json_encode(['choices' => self::choices(), 'words' => self::messages()], JSON_HEX_TAG | JSON_HEX_AMP);
        wp_enqueue_script(self::SCRIPT);
        wp_add_inline_script(self::SCRIPT, 'window.logtoSignInBlock = ' . $known . ';', 'before');
    }

    /**
     * The button's look in the editor, whose frame has none of the page's styles.
     */
    public static function style(mixed $settings): mixed
    {
        // phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file of this plugin, not an address
        $css = file_get_contents(Plugin::path('assets/button.css'));
        if (!is_array($settings) || $css === false) {
            return $settings;
        }

        $styles = Input::to_map($settings['styles'] ?? null);
        $styles[] = ['css' => $css];

        return ['styles' => $styles] + $settings;
    }

    /**
     * @return list<array{value: string, label: string, text: string}>
     */
    private static function choices(): array
    {
        // The site's first provider is what an empty connector means; it stays so when the provider changes.
        $first = ['value' => '', 'label' => __('Login page', 'logto-sign-in'), 'text' => Labels::label('')];
        $preferred = Provider::preferred(Settings::current())->value;
        $others = array_filter(Labels::connectors(), static fn(string $connector): bool => $connector !== $preferred);
        $choice = static function (string $connector): array {
            $label = Labels::label($connector);

            return ['value' => $connector, 'label' => sprintf('%s (%s)', $label, $connector), 'text' => $label];
        };

        return [$first, ...array_map($choice, array_values($others))];
    }

    /**
     * @return array<string, string>
     */
    private static function messages(): array
    {
        return [
            'panel' => __('Sign-in', 'logto-sign-in'),
            'connector' => __('Leads to', 'logto-sign-in'),
            'connectorHelp' => __('Connectors are listed under “Sign-in buttons” in Logto › Settings.', 'logto-sign-in'),
            'label' => __('Text', 'logto-sign-in'),
            'redirectTo' => __('Page after sign-in', 'logto-sign-in'),
            'redirectToHelp' => __('A URL on this site. Leave empty to return to the page with the button.', 'logto-sign-in'),
        ];
    }
}
