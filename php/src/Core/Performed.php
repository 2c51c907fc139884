<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\Answer\Answer;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Effect\Effect;
use LogtoSignIn\Protocol\Effect\EndSessions;
use LogtoSignIn\Protocol\Effect\FindAccount;
use LogtoSignIn\Protocol\Effect\FindApiUser;
use LogtoSignIn\Protocol\Effect\FindEmailMatch;
use LogtoSignIn\Protocol\Effect\FindSamePerson;
use LogtoSignIn\Protocol\Effect\HttpRequest;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Effect\MarkStateUsed;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Support\DatabaseFailure;

/**
 * Performs the effects of one operation, and remembers the answers. When the operation starts again because its transport
 * ended, the core asks for the same effects: a state is marked once, a code is sent once (RFC 6749 §4.1.2), and the answer
 * is the one that was given before. Nothing is written and nothing is sent a second time.
 */
final class Performed
{
    /** @var array<string, list<Answer>> By effect, in order. */
    private array $answers = [];

    /** @var array<string, list<Answer>> Those that are still to be given again. */
    private array $again = [];

    /**
     * @param null|EffectHandler $accounts Without it, effects on accounts are refused.
     */
    public function __construct(
        private readonly null|EffectHandler $accounts,
    ) {
    }

    public function rewind(): void
    {
        $this->again = $this->answers;
    }

    /**
     * @throws InvalidReply
     * @throws DatabaseFailure
     */
    public function answer(Effect $effect): Answer
    {
        // A new user's placeholder addresses are drawn anew each time; the identity is what makes it the same request.
        $same = $effect instanceof CreateUser ? $effect->identity : $effect;
        $key = hash('sha256', $effect::class . (string) wp_json_encode($same));
        $again = $this->again[$key] ?? [];
        if ($again !== []) {
            $this->again[$key] = array_slice($again, 1);

            return $again[0];
        }

        $answer = $this->perform($effect);
        $this->answers[$key][] = $answer;

        return $answer;
    }

    /**
     * @throws InvalidReply
     * @throws DatabaseFailure
     */
    private function perform(Effect $effect): Answer
    {
        $accounts = $this->accounts;

        return match (true) {
            $effect instanceof HttpRequest => Http::send($effect),
            $accounts === null => throw new InvalidReply('this operation must not touch accounts'),
            $effect instanceof FindAccount => $accounts->find_account($effect),
            $effect instanceof FindEmailMatch => $accounts->find_email_match($effect),
            $effect instanceof FindSamePerson => $accounts->find_same_person($effect),
            $effect instanceof MarkStateUsed => $accounts->mark_state_used($effect),
            $effect instanceof CreateUser => $accounts->create_user($effect),
            $effect instanceof LinkIdentity => $accounts->link_identity($effect),
            $effect instanceof SendConnectMail => $accounts->send_connect_mail($effect),
            $effect instanceof FindApiUser => $accounts->find_api_user($effect),
            $effect instanceof RevokeAccess => $accounts->revoke_access($effect),
            $effect instanceof EndSessions => $accounts->end_sessions($effect),
            default => throw new \LogicException('nothing performs ' . $effect::class),
        };
    }
}
