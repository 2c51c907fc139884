<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Runner;
use LogtoSignIn\Tests\RecordedCarrier;
use LogtoSignIn\Tests\TestCase;

final class RunnerTest extends TestCase
{
    private const SPEND = ['effect' => ['type' => 'spend', 'key' => '', 'expires' => 0], 'resume' => 'sealed'];

    public function test_an_outcome_ends_the_loop(): void
    {
        $carrier = new RecordedCarrier([['outcome' => ['type' => 'about']]]);
        self::assertSame(['type' => 'about'], (new Runner($carrier))->run('about'));
        self::assertSame('about', $carrier->requests[0]['operation']);
    }

    public function test_an_effect_is_performed_and_its_answer_handed_back_with_the_same_context(): void
    {
        $this->store(self::SETTINGS);
        $carrier = new RecordedCarrier([self::SPEND, ['outcome' => ['type' => 'redirect']]]);
        (new Runner($carrier))->run('callback', ['query' => "code=\xFF"]);

        [$first, $second] = $carrier->requests;
        self::assertSame(['resume' => 'sealed', 'answer' => ['fresh' => false]], $second['input']);
        self::assertSame('resume', $second['operation']);
        self::assertSame("code=\u{FFFD}", $first['input']['query']);
        self::assertSame(self::SETTINGS, $first['settings']);
        foreach (['settings', 'site', 'cache'] as $part) {
            self::assertSame($first[$part], $second[$part]);
        }
    }

    public function test_a_core_that_never_ends_is_stopped_after_twelve_effects(): void
    {
        $carrier = new RecordedCarrier([self::SPEND]);
        $outcome = (new Runner($carrier))->run('callback');
        self::assertSame('carrier_failed', $outcome['code']);
        self::assertCount(Runner::MOST_STEPS + 1, $carrier->requests);
    }

    public function test_twelve_effects_are_not_too_many(): void
    {
        $carrier = new RecordedCarrier([...array_fill(0, Runner::MOST_STEPS, self::SPEND), ['outcome' => ['type' => 'about']]]);
        self::assertSame('about', (new Runner($carrier))->run('callback')['type']);
    }

    /**
     * @dataProvider bad_replies
     */
    public function test_a_reply_that_is_none_is_a_refusal(mixed $reply): void
    {
        $outcome = (new Runner(new RecordedCarrier([$reply])))->run('start');
        self::assertSame(['refused', 'carrier_failed', 500], [$outcome['type'], $outcome['code'], $outcome['status']]);
    }

    /**
     * @return list<array{mixed}>
     */
    public function bad_replies(): array
    {
        return [[''], ['no json'], ['"text"'], ['[]'], [['effect' => 'fetch']], [['effect' => ['type' => 'from_the_future'], 'resume' => '']]];
    }

    public function test_what_is_to_be_remembered_comes_back_as_it_was(): void
    {
        $value = '{"empty":{},"list":[],"number":1.5,"text":"李四/"}';
        $reply = '{"outcome":{"type":"about"},"remember":[{"key":"discovery","value":' . $value . ',"ttl":60},{"key":"evil","value":1,"ttl":60}]}';
        (new Runner(new RecordedCarrier([$reply])))->run('about');

        self::assertSame($value, json_encode(Cache::read()['discovery'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
        self::assertFalse(get_transient('logto_sign_in_evil'));
        Cache::clear();
        self::assertNull(Cache::read()['discovery']);
    }

    public function test_the_log_of_the_core_is_written(): void
    {
        $lines = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$lines): void {
            $lines[] = [$code, $cause];
        }, 10, 2);
        $reply = ['outcome' => ['type' => 'about'], 'log' => [['code' => 'token_issuer', 'detail' => 'another one'], 'rubbish']];
        (new Runner(new RecordedCarrier([$reply])))->run('about');
        self::assertSame([['token_issuer', 'another one']], $lines);
    }

    public function test_settings_of_any_shape_are_survived(): void
    {
        // A wrong scalar type from WP-CLI or an import.
        foreach (['text', 7, true, '', ['endpoint' => ['a'], 'app_id' => 5, 'form_login' => 'perhaps']] as $settings) {
            $this->store($settings);
            $carrier = new RecordedCarrier([['outcome' => ['type' => 'about']]]);
            self::assertSame('about', (new Runner($carrier))->run('about')['type']);
            self::assertTrue(\LogtoSignIn\SignIn\PasswordLogin::is_available());
        }
    }
}
