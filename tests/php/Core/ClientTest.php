<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Cache;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Core\Conversation;
use LogtoSignIn\Core\EffectHandler;
use LogtoSignIn\Core\Performed;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Protocol\Answer\UserCreated;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Effect\MarkStateUsed;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\LogLine;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Tests\RecordedTransport;
use LogtoSignIn\Tests\TestCase;

final class ClientTest extends TestCase
{
    public function test_an_outcome_ends_the_operation(): void
    {
        $transport = new RecordedTransport([self::outcome()]);

        $outcome = (new Client(null, $transport))->run(Operation::Unlink, ['identities' => 2]);

        self::assertEquals(new UnlinkDecision(true), $outcome);
        self::assertSame(['operation', 'settings', 'site', 'cache', 'input'], array_keys($transport->lines[0]));
        self::assertSame(['unlink', ['identities' => 2]], [$transport->lines[0]['operation'], $transport->lines[0]['input']]);
    }

    public function test_an_effect_is_performed_and_its_answer_sent(): void
    {
        $transport = new RecordedTransport([self::effect(), self::outcome()]);

        $outcome = (new Client($this->handler(), $transport))->run(Operation::Callback);

        self::assertInstanceOf(UnlinkDecision::class, $outcome);
        self::assertSame(['answer' => ['state_use' => 'repeated']], $transport->lines[1]);
    }

    public function test_an_operation_that_has_no_business_with_accounts_is_refused(): void
    {
        $transport = new RecordedTransport([self::effect(), self::outcome()]);

        $outcome = (new Client(null, $transport))->run(Operation::Preview);

        self::assertRefused('transport_failed', $outcome);
        self::assertCount(1, $transport->lines);
    }

    public function test_settings_of_the_site_are_sent_unless_others_are_given(): void
    {
        $this->store(self::SETTINGS);
        $transport = new RecordedTransport([self::outcome()]);
        $others = new \LogtoSignIn\Settings\Settings(['endpoint' => 'https://other.example']);

        (new Client(null, $transport))->run(Operation::About);
        (new Client(null, $transport))->run(Operation::About, [], $others);

        self::assertSame([self::SETTINGS, $others->stored], array_column($transport->lines, 'settings'));
    }

    public function test_bytes_that_are_not_utf8_stop_nobody(): void
    {
        $transport = new RecordedTransport([self::outcome()]);

        (new Client(null, $transport))->run(Operation::Callback, ['query' => "code=\xFF"]);

        self::assertSame("code=\u{FFFD}", $transport->lines[0]['input']['query']);
    }

    public function test_a_core_that_never_ends_is_stopped(): void
    {
        $transport = new RecordedTransport([self::effect()]);

        $outcome = (new Client($this->handler(), $transport))->run(Operation::Callback);

        self::assertRefused('transport_failed', $outcome);
        self::assertCount(Conversation::MAX_EFFECTS + 1, $transport->lines);
    }

    public function test_as_many_effects_as_are_allowed_are_performed(): void
    {
        $transport = new RecordedTransport([...array_fill(0, Conversation::MAX_EFFECTS, self::effect()), self::outcome()]);

        $outcome = (new Client($this->handler(), $transport))->run(Operation::Callback);

        self::assertInstanceOf(UnlinkDecision::class, $outcome);
    }

    public function test_an_invalid_reply_is_a_refusal(): void
    {
        $outcome = (new Client(null, new RecordedTransport(['{"outcome":{"type":"from_the_future"}}'])))->run(Operation::Start);

        self::assertRefused('transport_failed', $outcome);
    }

    public function test_a_transport_that_fails_is_a_refusal(): void
    {
        $outcome = (new Client(null, new RecordedTransport([])))->run(Operation::Start);

        self::assertRefused('transport_failed', $outcome);
    }

    public function test_an_outcome_of_another_class_than_expected_is_a_refusal(): void
    {
        $client = new Client(null, new RecordedTransport([self::outcome()]));

        self::assertInstanceOf(UnlinkDecision::class, $client->expect(UnlinkDecision::class, Operation::Unlink));
        self::assertRefused('protocol_error', $client->expect(Redirect::class, Operation::Start));
    }

    public function test_a_refusal_is_expected_too(): void
    {
        $refused = new Refused('not_configured', 503, false);
        $client = new Client(null, new RecordedTransport([(string) json_encode(new Reply($refused))]));

        self::assertEquals($refused, $client->expect(Redirect::class, Operation::Start));
    }

    public function test_a_value_to_cache_comes_back_as_it_was(): void
    {
        $value = '{"empty":{},"list":[],"number":1.5,"text":"李四/"}';
        $outcome = (string) json_encode(new UnlinkDecision(true));
        $transport = new RecordedTransport(['{"outcome":' . $outcome . ',"cache_writes":[{"key":"discovery","value":' . $value . ',"ttl":60}]}']);

        (new Client(null, $transport))->run(Operation::About);

        self::assertSame($value, json_encode(Cache::read()['discovery'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
        Cache::clear();
        self::assertNull(Cache::read()['discovery']);
    }

    public function test_a_value_to_cache_for_no_time_is_removed(): void
    {
        $outcome = (string) json_encode(new UnlinkDecision(true));
        $transport = new RecordedTransport(['{"outcome":' . $outcome . ',"cache_writes":[{"key":"jwks","value":1,"ttl":0}]}']);
        set_transient('logto_sign_in_jwks', '1', 60);

        (new Client(null, $transport))->run(Operation::About);

        self::assertNull(Cache::read()['jwks']);
    }

    public function test_the_log_of_the_core_is_written(): void
    {
        $lines = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$lines): void {
            $lines[] = [$code, $cause];
        }, 10, 2);
        $reply = new Reply(new UnlinkDecision(true), [], [new LogLine('token_issuer', 'another one')]);

        (new Client(null, new RecordedTransport([(string) json_encode($reply)])))->run(Operation::About);

        self::assertSame([['token_issuer', 'another one']], $lines);
    }

    public function test_stored_settings_of_any_shape_are_survived(): void
    {
        foreach (['text', 7, true, '', ['endpoint' => ['a'], 'app_id' => 5, 'form_login' => 'perhaps']] as $settings) {
            $this->store($settings);

            $outcome = (new Client(null, new RecordedTransport([self::outcome()])))->run(Operation::About);

            self::assertInstanceOf(UnlinkDecision::class, $outcome);
            self::assertTrue(\LogtoSignIn\SignIn\PasswordLogin::is_available());
        }
    }

    /**
     * Fault R3: a service that ended in the middle of a sign-in failed it, and its code was spent.
     */
    public function test_fault_r3_what_was_performed_is_not_performed_again(): void
    {
        $handler = $this->createMock(EffectHandler::class);
        $handler->expects(self::exactly(2))->method('mark_state_used')->willReturn(StateUse::First, StateUse::Repeated);
        $other = (string) json_encode(new Reply(new MarkStateUsed('another key', 1)));
        $conversation = new Conversation('{}', new Performed($handler));
        try {
            $conversation->hold(new RecordedTransport([self::effect(), 'cut']));
            self::fail('the transport ended');
        } catch (InvalidReply) {
            self::assertTrue($conversation->was_heard());
        }

        $next = new RecordedTransport([self::effect(), $other, self::outcome()]);
        $outcome = $conversation->hold($next);

        self::assertInstanceOf(UnlinkDecision::class, $outcome);
        self::assertSame(['first', 'repeated'], array_column(array_column($next->lines, 'answer'), 'state_use'), 'the answers are those of before');
    }

    /**
     * Fault R3: an operation that began again drew another placeholder address, and asked for the same user once more.
     */
    public function test_fault_r3_a_user_is_created_once(): void
    {
        $handler = $this->createMock(EffectHandler::class);
        $handler->expects(self::once())->method('create_user')->willReturn(new UserCreated(7));
        $conversation = new Conversation('{}', new Performed($handler));
        try {
            $conversation->hold(new RecordedTransport([self::new_user('user-1@no-email.invalid'), 'cut']));
            self::fail('the transport ended');
        } catch (InvalidReply) {
            self::assertTrue($conversation->was_heard());
        }

        $next = new RecordedTransport([self::new_user('user-2@no-email.invalid'), self::outcome()]);
        $conversation->hold($next);

        self::assertSame(7, $next->lines[1]['answer']['user_id']);
    }

    public function test_an_effect_that_the_core_asks_for_twice_is_performed_twice(): void
    {
        $handler = $this->createMock(EffectHandler::class);
        $handler->expects(self::exactly(2))->method('mark_state_used')->willReturn(StateUse::First);

        (new Client($handler, new RecordedTransport([self::effect(), self::effect(), self::outcome()])))->run(Operation::Callback);
    }

    /**
     * Fault R2: a failing database knew everybody as a stranger, who then got a second account.
     */
    public function test_fault_r2_a_failing_database_has_a_code_of_its_own(): void
    {
        $handler = $this->createMock(EffectHandler::class);
        $handler->method('mark_state_used')->willThrowException(new DatabaseFailure('the disk is full'));

        $outcome = (new Client($handler, new RecordedTransport([self::effect()])))->run(Operation::Callback);

        self::assertRefused('database_error', $outcome);
        self::assertSame([503, true], $outcome instanceof Refused ? [$outcome->status, $outcome->retry] : []);
    }

    private function handler(): EffectHandler
    {
        $handler = $this->createMock(EffectHandler::class);
        $handler->method('mark_state_used')->willReturn(StateUse::Repeated);

        return $handler;
    }

    private static function effect(): string
    {
        return (string) json_encode(new Reply(new MarkStateUsed('key', 1)));
    }

    private static function new_user(string $email): string
    {
        $identity = new Identity('https://issuer.example', str_repeat('a', 64), 'subject');

        return (string) json_encode(new Reply(new CreateUser($identity, ['a'], ['a'], $email, $email, new Profile(), [], [], false)));
    }

    private static function outcome(): string
    {
        return (string) json_encode(new Reply(new UnlinkDecision(true)));
    }

    private static function assertRefused(string $code, Outcome $outcome): void
    {
        self::assertEquals(Client::refuse($code), $outcome);
    }
}
