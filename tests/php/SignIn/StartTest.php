<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Tests\Program;

/**
 * The addresses of a sign-in, opened without or with another page before them.
 */
final class StartTest extends LoginPageTestCase
{
    public function test_the_start_address_works_and_keeps_where_to_go(): void
    {
        $page = self::page(['action' => 'logto', 'direct_sign_in' => 'social:dingtalk', 'first_screen' => 'register']);
        parse_str((string) parse_url(Program::location($page), PHP_URL_QUERY), $query);
        self::assertSame(['social:dingtalk', 'register'], [$query['direct_sign_in'], $query['first_screen']]);
        self::assertNeverStored($page);
    }

    public function test_another_name_of_the_site_is_left_once(): void
    {
        // With and without www.
        $page = self::page(['action' => 'logto'], ['host' => 'www.site.example']);
        self::assertSame('http://127.0.0.1/wp-login.php?action=logto&canonical=1', Program::location($page));
        $page = self::page(['action' => 'logto', 'canonical' => '1'], ['host' => 'www.site.example']);
        self::assertStringStartsWith(self::$provider->url, Program::location($page));
    }

    public function test_a_callback_that_nobody_asked_for_is_explained(): void
    {
        // The address's own words were printed (CVE-2021-24214).
        $get = ['action' => 'logto_callback', 'error' => 'x<script>', 'error_description' => 'Call +1 555 <b>now</b>', 'state' => 'invented'];
        $page = self::page($get);
        self::assertSame(400, $page['status']);
        self::assertStringContainsString('<code>state_unknown</code>', $page['body']);
        self::assertStringNotContainsString('555', $page['body']);
        self::assertStringNotContainsString('x<script', $page['body']);
        self::assertStringNotContainsString('strict-origin', $page['body']);
        self::assertStringContainsString('Try again', $page['body']);
        self::assertNeverStored($page);
        self::assertContains('Referrer-Policy: no-referrer', $page['headers']);
    }

    public function test_a_repeated_parameter_is_seen(): void
    {
        $page = self::page(['action' => 'logto_callback'], ['query' => 'action=logto_callback&state=a&state=b&code=c']);
        self::assertStringContainsString('<code>parameter_repeated</code>', $page['body']);
    }

    public function test_coming_back_from_signing_out_ends_within_the_site(): void
    {
        foreach ([['state' => 'invented'], []] as $get) {
            $location = Program::location(self::page($get + ['action' => 'logto_signed_out', 'redirect_to' => 'https://evil.example/']));
            self::assertSame('127.0.0.1', parse_url($location, PHP_URL_HOST), $location);
        }
    }
}
