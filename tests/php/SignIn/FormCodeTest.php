<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\SignIn\Unfinished;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;

/**
 * A second factor that wants its code in the login form, at the end of a sign-in.
 */
final class FormCodeTest extends ArrivalTestCase
{
    /**
     * Fault C2: a second factor that wants its code in the login form refused every sign-in.
     */
    public function test_fault_c2_a_code_of_the_form_is_asked_for(): void
    {
        $user = $this->user('known');
        Identities::link(DingtalkVisit::identity(), $user->ID);
        update_user_meta($user->ID, 'form_code', '123456');
        $plugin = ['plugins' => [dirname(__DIR__) . '/plugins/form_code.php']];
        [$get, $cookie] = self::start();

        $asked = self::page($get, ['cookie' => $cookie] + $plugin);
        wp_cache_flush();
        self::assertStringContainsString('name="wfls-token"', $asked['body']);
        self::assertStringContainsString('Please provide your code.', $asked['body']);
        self::assertSame([403, 'known'], [$asked['status'], get_userdata($user->ID)->display_name]);

        $wrong = self::enter('000000', $asked, $plugin);
        self::assertStringContainsString('The code is invalid.', $wrong['body']);
        self::assertStringContainsString('<code>state_expired</code>', self::enter('123456', ['headers' => []] + $wrong, $plugin)['body'], 'another browser');

        $right = self::enter('123456', $wrong, $plugin);
        self::assertSame('http://127.0.0.1/there', Program::location($right), $right['body']);
        self::assertSame(['李四', ''], [get_userdata($user->ID)->display_name, UserMeta::text($user->ID, UserMeta::UNFINISHED)]);
    }

    public function test_codes_cannot_be_guessed_for_ever(): void
    {
        $user = $this->user('known');
        Identities::link(DingtalkVisit::identity(), $user->ID);
        update_user_meta($user->ID, 'form_code', '123456');
        $plugin = ['plugins' => [dirname(__DIR__) . '/plugins/form_code.php']];
        [$get, $cookie] = self::start();
        $page = self::page($get, ['cookie' => $cookie] + $plugin);
        wp_cache_flush();

        for ($try = 1; $try <= 4; ++$try) {
            $page = self::enter('00000' . $try, $page, $plugin);
            self::assertStringContainsString('name="wfls-token"', $page['body'], (string) $try);
        }

        self::assertStringContainsString('<code>sign_in_refused</code>', self::enter('000005', $page, $plugin)['body']);
        self::assertStringContainsString('<code>state_expired</code>', self::enter('123456', $page, $plugin)['body']);
    }

    /**
     * @param array{headers: list<string>, body: string} $page Where the field is.
     * @param array<string, mixed> $other
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private static function enter(string $code, array $page, array $other): array
    {
        preg_match('/name="user" value="(\d+)"/', $page['body'], $user);
        preg_match('/name="_wpnonce" value="(\w+)"/', $page['body'], $nonce);
        preg_match('/^set-cookie: ' . Unfinished::COOKIE . '=(\w+)/im', implode("\n", $page['headers']), $secret);
        $form = ['user' => $user[1] ?? '', '_wpnonce' => $nonce[1] ?? '', 'wfls-token' => $code];
        $answer = self::page(['action' => 'logto_code'], ['post' => $form, 'cookie' => [Unfinished::COOKIE => $secret[1] ?? '']] + $other);
        wp_cache_flush();

        return $answer;
    }
}
