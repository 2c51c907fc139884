<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Support\Log;
use LogtoSignIn\Tests\TestCase;

final class LogTest extends TestCase
{
    public function test_a_line_holds_the_code_and_the_cause(): void
    {
        self::assertStringEndsWith("Logto Sign-In: [token_issuer] it is another one\n", $this->logged('token_issuer', 'it is another one'));
    }

    public function test_nobody_forges_a_line_through_the_cause(): void
    {
        $line = $this->logged("code]\n[x", "cause\r\n[22-Nov-2026] PHP Fatal error\x1B[31m\0end");
        self::assertSame(1, substr_count($line, "\n"));
        self::assertStringEndsWith("[codex] cause [22-Nov-2026] PHP Fatal error [31m end\n", $line);
    }

    public function test_the_secret_never_reaches_the_log(): void
    {
        // The App secret stood in debug.log.
        $this->store(['app_secret' => 'a very secret+secret'] + self::SETTINGS);
        $line = $this->logged('token_error', 'body: a very secret+secret, a%20very%20secret%2Bsecret');
        self::assertStringEndsWith("body: [redacted], [redacted]\n", $line);
    }

    public function test_the_secret_of_dingtalk_never_reaches_the_log(): void
    {
        $this->store(['dingtalk_client_secret' => 'another secret'] + self::SETTINGS);

        $line = $this->logged('token_error', 'body: another secret');

        self::assertStringEndsWith("body: [redacted]\n", $line);
    }

    public function test_a_secret_of_another_plugin_never_reaches_the_log(): void
    {
        add_filter('logto_sign_in_secrets', static fn(array $secrets): array => [...$secrets, 'their secret', '']);

        $line = $this->logged('token_error', 'body: their secret');

        self::assertStringEndsWith("body: [redacted]\n", $line);
    }

    public function test_another_plugin_cannot_take_the_secret_away_from_the_log(): void
    {
        $this->store(['app_secret' => 'a very secret secret'] + self::SETTINGS);
        add_filter('logto_sign_in_secrets', static fn(): string => 'broken', 1_000);

        $line = $this->logged('token_error', 'body: a very secret secret');

        self::assertStringEndsWith("body: [redacted]\n", $line);
    }

    /**
     * Fault S8: DingTalk's secret was logged when an answer repeated the request, as JSON or as a form.
     */
    public function test_fault_s8_an_encoded_secret_never_reaches_the_log(): void
    {
        $secret = 'a "secret" + /möre';
        $this->store(['dingtalk_client_secret' => $secret] + self::SETTINGS);

        $line = $this->logged('dingtalk_error', json_encode(['s' => $secret]) . ' ' . http_build_query(['s' => $secret]));

        self::assertStringEndsWith('{"s":"[redacted]"} s=[redacted]' . "\n", $line);
    }

    /**
     * Fault S20: 28,000 refusals were 28,000 lines.
     */
    public function test_fault_s20_one_code_fills_no_disk(): void
    {
        $heard = 0;
        add_action('logto_sign_in_log', static function () use (&$heard): void {
            ++$heard;
        });

        $lines = '';
        for ($line = 0; $line < 3 * Log::LINES_PER_MINUTE; ++$line) {
            $lines .= $this->logged('state_missing', 'no state');
        }

        // The test may run into the next minute.
        self::assertContains(substr_count($lines, '[state_missing]'), [Log::LINES_PER_MINUTE, 2 * Log::LINES_PER_MINUTE]);
        self::assertStringContainsString('the last line of this code', $lines);
        self::assertSame(3 * Log::LINES_PER_MINUTE, $heard, 'an audit log hears of all');
        self::assertStringContainsString('[state_unknown]', $this->logged('state_unknown', 'another code has lines of its own'));
    }

    public function test_a_cause_is_not_endless_and_not_broken(): void
    {
        self::assertLessThan(700, strlen($this->logged('code', str_repeat('x', 10_000))));
        self::assertStringContainsString('[code] bytes', $this->logged('code', "bytes \xFF\xFE"));
    }

    private function logged(string $code, string $cause): string
    {
        $file = (string) tempnam(sys_get_temp_dir(), 'log');
        $before = ini_set('error_log', $file);
        Log::write($code, $cause);
        ini_set('error_log', (string) $before);
        $line = (string) file_get_contents($file);
        unlink($file);

        return $line;
    }
}
