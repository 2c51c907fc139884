<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Messages;

use LogtoSignIn\Core\Runner;
use LogtoSignIn\Tests\TestCase;
use LogtoSignIn\Words\AdviceWords;
use LogtoSignIn\Words\Messages;
use LogtoSignIn\Words\ProblemWords;
use LogtoSignIn\Words\RefusalWords;

/**
 * Every code has words, here and in Chinese.
 */
final class MessagesTest extends TestCase
{
    public function test_every_refusal_of_the_core_has_a_message_and_advice(): void
    {
        $codes = self::codes('error.rs', '/^\s+\w+ = "(\w+)", \d{3}, (?:true|false);/m');
        self::assertGreaterThan(40, count($codes));
        $expected = [...$codes, ...Messages::OTHERS];
        sort($expected);
        foreach ([RefusalWords::all(), AdviceWords::all()] as $words) {
            $known = array_keys($words);
            sort($known);
            self::assertSame($expected, $known);
        }
    }

    public function test_every_problem_of_a_setting_has_a_message(): void
    {
        $source = '/"(\w+_(?:missing|invalid|not_https|reserved|unknown))"/';
        $codes = [...self::codes('settings/check.rs', $source), ...self::codes('settings/text.rs', $source)];
        $codes = array_values(array_unique($codes));
        sort($codes);
        $known = array_keys(ProblemWords::all());
        sort($known);
        self::assertSame($codes, $known);
    }

    public function test_the_running_core_has_no_code_without_words(): void
    {
        $outcome = (new Runner())->run('about');
        self::assertSame('about', $outcome['type']);
        self::assertGreaterThan(40, count($outcome['codes']));
        self::assertSame([], array_diff($outcome['codes'], array_keys(RefusalWords::all() + ProblemWords::all())));
    }

    public function test_an_unknown_code_has_words_too(): void
    {
        self::assertNotSame('', Messages::text('from_the_future'));
        self::assertNotSame('', Messages::advice('from_the_future'));
        self::assertNotSame('', Messages::problem('from_the_future'));
    }

    public function test_every_word_is_translated_into_chinese(): void
    {
        $catalogue = self::catalogue('zh_CN');
        $template = self::catalogue('pot');
        self::assertGreaterThan(200, count($template));
        foreach (array_keys($template) as $text) {
            self::assertNotSame('', $catalogue[$text] ?? '', $text);
            preg_match_all('/%(?:\d\$)?s/', (string) $text, $wanted);
            preg_match_all('/%(?:\d\$)?s/', $catalogue[$text], $there);
            self::assertEqualsCanonicalizing($wanted[0], $there[0], (string) $text);
        }
    }

    public function test_the_template_has_every_literal_text_of_the_source(): void
    {
        $template = self::catalogue('pot');
        foreach ([...glob(self::folder() . '/src/*.php') ?: [], ...glob(self::folder() . '/src/*/*.php') ?: []] as $file) {
            preg_match_all("/\\b(?:__|esc_html__|esc_attr__)\\('((?:[^'\\\\]|\\\\.)*)', 'logto-sign-in'\\)/", (string) file_get_contents($file), $found);
            foreach ($found[1] as $text) {
                self::assertArrayHasKey(stripslashes($text), $template, basename($file));
            }
        }
    }

    public function test_wordpress_speaks_chinese_where_the_site_does(): void
    {
        $catalogue = self::catalogue('zh_CN');
        add_filter('locale', static fn() => 'zh_CN');
        add_filter('pre_determine_locale', static fn() => 'zh_CN');
        unload_textdomain('logto-sign-in', true);
        load_plugin_textdomain('logto-sign-in', false, dirname(plugin_basename(self::folder() . '/logto-sign-in.php')) . '/languages');
        try {
            self::assertSame($catalogue['Continue with Logto'], __('Continue with Logto', 'logto-sign-in'));
            self::assertStringContainsString('十分钟', Messages::text('state_expired'));
        } finally {
            unload_textdomain('logto-sign-in', true);
        }
    }

    /**
     * @return list<string>
     */
    private static function codes(string $file, string $pattern): array
    {
        preg_match_all($pattern, (string) file_get_contents(dirname(__DIR__, 3) . '/wasm/src/' . $file), $found);

        return $found[1];
    }

    private static function folder(): string
    {
        return dirname((string) (new \ReflectionClass(Messages::class))->getFileName(), 3);
    }

    /**
     * @return array<string, string>
     */
    private static function catalogue(string $name): array
    {
        $file = self::folder() . '/languages/' . ($name === 'pot' ? 'logto-sign-in.pot' : "logto-sign-in-{$name}.po");
        require_once ABSPATH . WPINC . '/pomo/po.php';
        $catalogue = new \PO();
        self::assertTrue($catalogue->import_from_file($file), $file);

        return array_map(static fn($entry) => (string) ($entry->translations[0] ?? ''), $catalogue->entries);
    }
}
