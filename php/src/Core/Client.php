<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Answer\Answer;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Effect\Effect;
use LogtoSignIn\Protocol\Effect\FindAccount;
use LogtoSignIn\Protocol\Effect\FindEmailMatch;
use LogtoSignIn\Protocol\Effect\FindSamePerson;
use LogtoSignIn\Protocol\Effect\HttpRequest;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Effect\MarkStateUsed;
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;
use LogtoSignIn\Transport\Transports;
use LogtoSignIn\Transport\TransportUnavailable;

/**
 * Holds one conversation with the core: sends the request, performs each effect and sends its answer, until there is an
 * outcome. `wasm/src/protocol/` describes the messages.
 */
final class Client
{
    /** PHP's own bound, above what any operation needs: a core that never ends must not hold a worker. */
    public const MAX_EFFECTS = 12;

    /**
     * @param null|EffectHandler $accounts For operations that may touch accounts; without it, such an effect is refused.
     * @param null|Transport $transport The best one of this server, unless given.
     */
    public function __construct(
        private readonly null|EffectHandler $accounts = null,
        private readonly null|Transport $transport = null,
    ) {
    }

    /**
     * Never throws: a core that cannot be reached is a refusal like any other.
     *
     * @param array<string, mixed> $input What the operation needs.
     * @param null|Settings $settings Those of the site, unless given.
     */
    public function run(Operation $operation, array $input = [], null|Settings $settings = null): Outcome
    {
        try {
            $request = [
                'operation' => $operation,
                'settings' => (object) ($settings ?? Settings::current())->stored,
                'site' => Site::describe(),
                'cache' => Cache::read(),
                'input' => (object) $input,
            ];

            return $this->converse($this->transport ?? Transports::choose(), $request);
        } catch (TransportUnavailable $unavailable) {
            return self::refused('transport_unavailable', $unavailable->getMessage());
        } catch (TransportFailure|InvalidReply $failure) {
            return self::refused('transport_failed', $failure->getMessage());
        }
    }

    /**
     * Like {@see run()}, for operations that end in one way: an outcome of another class is a refusal too.
     *
     * @template T of Outcome
     *
     * @param class-string<T> $expected
     * @param array<string, mixed> $input
     *
     * @return T|Refused
     */
    public function expect(string $expected, Operation $operation, array $input = [], null|Settings $settings = null): Outcome
    {
        $outcome = $this->run($operation, $input, $settings);
        if ($outcome instanceof $expected || $outcome instanceof Refused) {
            return $outcome;
        }

        return self::refused('protocol_error', $operation->value . ' ended as ' . $outcome::class);
    }

    /** The refusal when PHP itself refuses, without a word of the core. */
    public static function refuse(string $code, string $redirect_to = ''): Refused
    {
        ['status' => $status, 'retry' => $retry] = Catalog::refuse($code);

        return new Refused($code, $status, $retry, $redirect_to);
    }

    /**
     * @param array<string, mixed> $request
     *
     * @throws TransportFailure
     * @throws InvalidReply
     */
    private function converse(Transport $transport, array $request): Outcome
    {
        $line = $transport->begin(self::encode($request));
        for ($effects = 0; $effects <= self::MAX_EFFECTS; ++$effects) {
            $reply = Reply::parse($line);
            Cache::write($reply->cache_writes);
            foreach ($reply->log as $entry) {
                Log::write($entry->code, $entry->detail);
            }

            if ($reply->content instanceof Outcome) {
                return $reply->content;
            }

            if ($effects < self::MAX_EFFECTS) {
                $line = $transport->answer(self::encode(['answer' => $this->perform($reply->content)]));
            }
        }

        throw new TransportFailure('the core asked for more than ' . self::MAX_EFFECTS . ' effects');
    }

    /**
     * @throws TransportFailure
     */
    private function perform(Effect $effect): Answer
    {
        $accounts = $this->accounts;

        return match (true) {
            $effect instanceof HttpRequest => Http::send($effect),
            $accounts === null => throw new TransportFailure('this operation must not touch accounts'),
            $effect instanceof FindAccount => $accounts->find_account($effect),
            $effect instanceof FindEmailMatch => $accounts->find_email_match($effect),
            $effect instanceof FindSamePerson => $accounts->find_same_person($effect),
            $effect instanceof MarkStateUsed => $accounts->mark_state_used($effect),
            $effect instanceof CreateUser => $accounts->create_user($effect),
            $effect instanceof LinkIdentity => $accounts->link_identity($effect),
            $effect instanceof SendConnectMail => $accounts->send_connect_mail($effect),
            $effect instanceof RevokeAccess => $accounts->revoke_access($effect),
            default => throw new \LogicException('nothing performs ' . $effect::class),
        };
    }

    /**
     * Bytes that are not UTF-8 come from visitors and providers; they must not stop a sign-in here.
     *
     * @param array<string, mixed> $message
     *
     * @throws TransportFailure
     */
    private static function encode(array $message): string
    {
        $json = json_encode($message, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE, 64);

        return $json === false ? throw new TransportFailure('the message cannot be encoded: ' . json_last_error_msg()) : $json;
    }

    private static function refused(string $code, string $cause): Refused
    {
        Log::write($code, $cause);

        return self::refuse($code);
    }
}
