<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Messages;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Messages\Message;
use LogtoSignIn\Messages\Rows;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\About;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * Every code has one row, and every row a code.
 */
final class CatalogTest extends TestCase
{
    /** Codes that share a message: the same result on two pages, and two causes that the page does not tell apart. */
    private const SAME = [['removed', 'unlinked'], ['not_allowed', 'not_changed'], ['provider_answer', 'parameter_repeated']];

    public function test_no_code_has_two_rows(): void
    {
        $codes = self::codes(iterator_to_array(Catalog::all(), false));

        self::assertGreaterThan(110, count($codes));
        self::assertSame([], array_keys(array_filter(array_count_values($codes), static fn(int $rows): bool => $rows > 1)));
    }

    public function test_the_codes_of_the_core_have_rows_and_those_rows_have_codes(): void
    {
        $rows = [
            ...Rows\Plugin::all(),
            ...Rows\Provider::all(),
            ...Rows\Callback::all(),
            ...Rows\Token::all(),
            ...Rows\Dingtalk::all(),
            ...Rows\Account::all(),
            ...Rows\Api::all(),
            ...Rows\Settings::all(),
            ...Rows\Check::all(),
        ];

        self::assertEqualsCanonicalizing(self::vector('about.json')['codes'], self::codes($rows));
    }

    public function test_the_running_core_has_no_code_without_a_row(): void
    {
        $outcome = (new Client())->run(Operation::About);

        self::assertInstanceOf(About::class, $outcome);
        self::assertSame([], array_diff($outcome->codes, self::codes(iterator_to_array(Catalog::all(), false))));
    }

    public function test_the_codes_of_the_host_have_rows_and_those_rows_have_codes(): void
    {
        preg_match_all('/=> "(\w+)",/', self::source('src/error.rs'), $found);

        self::assertEqualsCanonicalizing($found[1], self::codes(Rows\Host::all()));
    }

    public function test_the_refusals_of_php_have_rows_and_those_rows_are_used(): void
    {
        preg_match_all("/(?:refuse|refused|show_error)\\('(\\w+)'/", self::source('php/src/*/*.php'), $found);
        $codes = array_diff($found[1], self::vector('about.json')['codes']);

        self::assertEqualsCanonicalizing(array_unique($codes), self::codes(Rows\Wordpress::all()));
    }

    public function test_what_keeps_a_transport_from_working_has_rows_and_those_rows_are_used(): void
    {
        preg_match_all("/(?:=>|:|return) '([a-z]+(?:_[a-z]+)*)'[,;]/", self::source('{php/src/Transport/{Shipped,Transports,Php},php/src/Transport/Native/{Requirements,Binaries},build/directory/Shipped}.php'), $found);

        self::assertEqualsCanonicalizing(array_unique($found[1]), self::codes(Rows\Transport::all()));
    }

    public function test_what_comes_of_linking_has_rows_and_those_rows_are_used(): void
    {
        preg_match_all("/(?:(?:=>|\\?|:|return) |url\\()'([a-z]+(?:_[a-z]+)*)'[,;) ]/", self::source('php/src/*/{Link,AdminLink}.php'), $found);
        $codes = array_diff($found[1], self::codes(Catalog::refusals()));

        self::assertEqualsCanonicalizing(array_unique($codes), self::codes(Rows\Linking::all()));
    }

    public function test_every_refusal_has_a_message_and_advice(): void
    {
        foreach (Catalog::refusals() as $message) {
            self::assertNotSame('', $message->message, $message->code);
            self::assertNotSame('', $message->advice, $message->code);
        }
    }

    public function test_only_the_codes_listed_above_share_a_message(): void
    {
        $codes = [];
        foreach (Catalog::all() as $message) {
            self::assertNotSame('', $message->message, $message->code);
            $codes[$message->message][] = $message->code;
        }

        $same = array_filter($codes, static fn(array $codes): bool => count($codes) > 1);
        self::assertSame(self::SAME, array_values($same));
    }

    public function test_php_refuses_with_the_status_of_the_row(): void
    {
        $expected = ['code' => 'transport_unavailable', 'status' => 503, 'retry' => true, 'another_account' => false];

        self::assertSame($expected, Catalog::refuse('transport_unavailable'));
    }

    public function test_php_refuses_with_a_code_of_the_core_as_the_core_does(): void
    {
        $source = self::source('wasm/src/*.rs');
        foreach (['account_pending', 'protocol_error', 'state_expired', 'connect_expired'] as $code) {
            ['status' => $status, 'retry' => $retry, 'another_account' => $another_account] = Catalog::refuse($code);

            $row = sprintf('"%s", %d, %s%s;', $code, $status, $retry ? 'true' : 'false', $another_account ? ', another_account' : '');
            self::assertStringContainsString($row, $source);
        }
    }

    public function test_a_login_page_without_an_error_reads_no_row(): void
    {
        $page = Program::page('wp-login.php', ['form' => '1'], ['settings' => self::SETTINGS]);

        self::assertStringContainsString('logto-continue', $page['body']);
        self::assertSame([], preg_grep('~/src/Messages/~', $page['files']));
    }

    public function test_codes_of_earlier_versions_have_the_row_of_their_new_name(): void
    {
        self::assertSame('transport_failed', Catalog::of('carrier_failed')->code);
    }

    public function test_an_unknown_code_comes_from_a_core_of_another_version(): void
    {
        self::assertSame('protocol_error', Catalog::of('from_the_future')->code);
    }

    /**
     * @param list<Message> $rows
     *
     * @return list<string>
     */
    private static function codes(array $rows): array
    {
        return array_column($rows, 'code');
    }

    /**
     * @return array<string, mixed> The outcome of a golden file.
     */
    private static function vector(string $name): array
    {
        return json_decode(self::source('tests/vectors/protocol/' . $name), true, 64, JSON_THROW_ON_ERROR)['reply']['outcome'];
    }

    private static function source(string $pattern): string
    {
        $files = glob(dirname(__DIR__, 3) . '/' . $pattern, GLOB_BRACE) ?: [];
        self::assertNotSame([], $files, $pattern);

        return implode('', array_map('file_get_contents', $files));
    }
}
