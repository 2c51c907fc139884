<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

final class SilentSignInTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->store(['silent_sign_in' => true] + self::SETTINGS);
    }

    public function test_a_page_has_the_script_where_it_is_on_and_nobody_is_logged_in(): void
    {
        // Each page of wp-admin remembers it.
        LoginPath::registered();

        $page = Program::page('index.php');

        self::assertMatchesRegularExpression('~<script async data-start="[^"]*action=logto&amp;silent=1" src="[^"]*/assets/silent\.js\?ver=[^"]*"></script>~', $page['body']);
        self::assertSame([], preg_grep('/set-cookie/i', $page['headers']), 'a page cache stores the page');
        self::assertSame([], array_values(array_filter($page['queries'], static fn(string $query) => str_contains($query, 'logto'))));
        self::assertStringNotContainsString('silent.js', Program::page('index.php', [], ['user' => $this->user()->ID])['body']);

        $this->store(self::SETTINGS);
        self::assertStringNotContainsString('silent.js', Program::page('index.php')['body']);
    }

    public function test_the_script_fits_into_a_kibibyte(): void
    {
        self::assertLessThanOrEqual(1024, filesize(dirname(__DIR__, 3) . '/php/assets/silent.js'));
    }

    /**
     * @dataProvider ends
     */
    public function test_the_browser_is_remembered_until_somebody_signs_out(string $code, string $expected): void
    {
        $plugin = (string) tempnam(sys_get_temp_dir(), 'plugin');
        file_put_contents($plugin, "<?php add_action('template_redirect', static fn() => {$code});");

        $headers = Program::page('index.php', [], ['plugins' => [$plugin], 'cookie' => ['logto_sign_in_known' => '1']])['headers'];

        unlink($plugin);
        $cookies = array_values(preg_grep('/^set-cookie: logto_sign_in_known=/i', $headers));
        self::assertCount(1, $cookies, implode("\n", $headers));
        self::assertMatchesRegularExpression($expected, $cookies[0]);
        self::assertStringNotContainsStringIgnoringCase('httponly', $cookies[0]);
    }

    /**
     * @return array<string, array{string, string}>
     */
    public static function ends(): array
    {
        return [
            'a sign-in' => ["do_action('logto_sign_in_signed_in', new \\WP_User(1), 'hash')", '/known=1; .*samesite=lax/i'],
            'a sign-out' => ['wp_logout()', '/known=deleted;/'],
        ];
    }
}
