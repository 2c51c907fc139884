<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

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
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Tests\RecordedTransport;

/**
 * The effects that the core asks for: each is performed once, and a conversation ends.
 */
final class ConversationTest extends ClientTestCase
{
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

    private static function new_user(string $email): string
    {
        $identity = new Identity('https://issuer.example', str_repeat('a', 64), 'subject');

        return (string) json_encode(new Reply(new CreateUser($identity, ['a'], ['a'], $email, $email, new Profile(), [], [], false)));
    }
}
