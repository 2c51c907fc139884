<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Providers;

use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Tests\TestCase;

/**
 * The address that starts a sign-in.
 */
final class StartUrlTest extends TestCase
{
    /**
     * @dataProvider queries
     *
     * @param array<string, mixed> $query
     */
    public function test_the_address_names_the_provider(array $query, null|string $provider): void
    {
        $_GET = $query;

        self::assertSame($provider, StartUrl::read()['provider']);
    }

    /**
     * @return array<string, array{array<string, mixed>, string|null}>
     */
    public function queries(): array
    {
        return [
            'none' => [[], null],
            'DingTalk' => [['provider' => 'dingtalk'], 'dingtalk'],
            'an unknown one' => [['provider' => 'another'], null],
            'a list' => [['provider' => ['dingtalk']], null],
            'a link of an earlier version' => [['connector' => 'dingtalk'], 'dingtalk'],
            'an unknown one of an earlier version' => [['connector' => 'another'], null],
            'both names' => [['provider' => 'logto', 'connector' => 'dingtalk'], 'logto'],
        ];
    }

    /**
     * @testWith [{}, true]
     *           [{"dingtalk_app": "0"}, false]
     *           [{"in_app": "0"}, false]
     *
     * @param array<string, string> $query
     */
    public function test_an_address_can_do_without_the_dingtalk_app(array $query, bool $dingtalk_app): void
    {
        $_GET = $query;

        self::assertSame($dingtalk_app, StartUrl::read()['dingtalk_app']);
    }

    public function test_an_address_is_read_as_it_was_built(): void
    {
        foreach (Provider::cases() as $provider) {
            parse_str((string) wp_parse_url(StartUrl::build('/there', $provider->value, 'register'), PHP_URL_QUERY), $_GET);

            $input = StartUrl::read();

            self::assertSame([$provider->value, '/there', 'register'], [$input['provider'], $input['redirect_to'], $input['first_screen']]);
        }
    }
}
