<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Settings\OtherIssuer;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Nodes;
use LogtoSignIn\Transport\Transport;
use LogtoSignIn\Transport\TransportFailure;
use LogtoSignIn\Transport\Transports;

/**
 * Asks the core for an operation, on the first transport that answers.
 */
final class Client
{
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
        if ($operation === Operation::Start || $operation === Operation::Callback) {
            Nodes::note();
        }

        // Known here before the core is asked: another try leads there, whatever fails.
        $redirect_to = Input::string($input, 'redirect_to');
        $settings ??= Settings::current();
        try {
            $request = Conversation::encode([
                'operation' => $operation,
                // What is stored of a form, no constant decides.
                'settings' => (object) ($operation === Operation::CheckSettings ? $settings->stored : OtherIssuer::effective($settings)),
                'site' => Site::describe(),
                'cache' => Cache::read(),
                'input' => (object) $input,
            ]);
            $conversation = new Conversation($request, new Performed($this->accounts));

            return $this->transport === null ? self::try_each($conversation, $redirect_to) : $conversation->hold($this->transport);
        } catch (TransportFailure|InvalidReply $failure) {
            return self::refused('transport_failed', $failure->getMessage(), $redirect_to);
        } catch (DatabaseFailure $failure) {
            return self::refused('database_error', $failure->getMessage(), $redirect_to);
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
        ['status' => $status, 'retry' => $retry, 'another_account' => $another_account] = Catalog::refuse($code);

        return new Refused($code, $status, $retry, $redirect_to, [], null, $another_account);
    }

    /**
     * An operation whose transport ends starts again on the next one, which may be a new child of the same program:
     * {@see Performed} keeps what was done from being done twice.
     *
     * @throws TransportFailure
     * @throws InvalidReply
     * @throws DatabaseFailure
     */
    private static function try_each(Conversation $conversation, string $redirect_to): Outcome
    {
        $failure = null;
        foreach (Transports::candidates() as $candidate) {
            try {
                $outcome = $conversation->hold($candidate->open());
                $candidate->answered();

                return $outcome;
            } catch (TransportFailure|InvalidReply $failure) {
                $candidate->failed($failure->getMessage(), $conversation->was_heard());
            }
        }

        if ($failure !== null && $conversation->was_heard()) {
            throw $failure;
        }

        return self::refused('transport_unavailable', Transports::obstacles(), $redirect_to);
    }

    private static function refused(string $code, string $cause, string $redirect_to = ''): Refused
    {
        Log::write($code, $cause);

        return self::refuse($code, $redirect_to);
    }
}
