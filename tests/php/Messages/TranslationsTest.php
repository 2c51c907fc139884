<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Messages;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Tests\TestCase;

/**
 * Every text that the plugin shows is there in every language that it ships.
 */
final class TranslationsTest extends TestCase
{
    /**
     * @testWith ["zh_CN"]
     *           ["de_DE"]
     *           ["es_ES"]
     *           ["fr_FR"]
     *           ["ja"]
     */
    public function test_every_text_is_translated_with_its_placeholders(string $language): void
    {
        $catalogue = self::catalogue("logto-sign-in-{$language}.po");
        $template = self::catalogue('logto-sign-in.pot');
        self::assertGreaterThan(200, count($template));
        foreach (array_keys($template) as $text) {
            self::assertNotSame('', $catalogue[$text] ?? '', $text);
            preg_match_all('/%(?:\d\$)?s/', (string) $text, $wanted);
            preg_match_all('/%(?:\d\$)?s/', $catalogue[$text], $there);
            self::assertEqualsCanonicalizing($wanted[0], $there[0], (string) $text);
        }
    }

    public function test_wordpress_speaks_chinese_where_the_site_does(): void
    {
        $catalogue = self::catalogue('logto-sign-in-zh_CN.po');
        add_filter('locale', static fn() => 'zh_CN');
        add_filter('pre_determine_locale', static fn() => 'zh_CN');
        unload_textdomain('logto-sign-in', true);
        load_plugin_textdomain('logto-sign-in', false, dirname(plugin_basename(self::folder() . '/logto-sign-in.php')) . '/languages');
        try {
            self::assertSame($catalogue['Continue with Logto'], __('Continue with Logto', 'logto-sign-in'));
            self::assertStringContainsString('十分钟', Catalog::of('state_expired')->message);
        } finally {
            unload_textdomain('logto-sign-in', true);
        }
    }

    private static function folder(): string
    {
        return dirname((string) (new \ReflectionClass(Catalog::class))->getFileName(), 3);
    }

    /**
     * @return array<string, string>
     */
    private static function catalogue(string $name): array
    {
        require_once ABSPATH . WPINC . '/pomo/po.php';
        // The zip has the compiled files alone.
        $file = dirname(__DIR__, 3) . '/php/languages/' . $name;
        $catalogue = new \PO();
        self::assertTrue($catalogue->import_from_file($file), $file);

        return array_map(static fn($entry) => (string) ($entry->translations[0] ?? ''), $catalogue->entries);
    }
}
