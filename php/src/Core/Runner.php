<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Carrier\Carrier;
use LogtoSignIn\Carrier\CarrierFailure;
use LogtoSignIn\Carrier\CarrierUnavailable;
use LogtoSignIn\Carrier\Carriers;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * The one loop: asks the core, performs what it wants, until there is an outcome.
 */
final class Runner
{
    /** More effects than any operation needs: a core that never ends must not hold a PHP worker. */
    public const MOST_STEPS = 12;

    public function __construct(
        private readonly null|Carrier $carrier = null,
    ) {
    }

    /**
     * Never throws: a core that cannot be asked is a refusal like any other.
     *
     * @param array<string, mixed> $input
     *
     * @return array<array-key, mixed> An outcome of wasm/src/protocol.
     */
    public function run(string $operation, array $input = [], null|Settings $settings = null): array
    {
        try {
            return $this->steps(new Core($this->carrier ?? Carriers::choose(), $settings), $operation, $input);
        } catch (CarrierUnavailable $unavailable) {
            return self::refused('carrier_unavailable', 503, $unavailable->getMessage());
        } catch (CarrierFailure $failure) {
            return self::refused('carrier_failed', 500, $failure->getMessage());
        }
    }

    /**
     * @param array<string, mixed> $input
     *
     * @return array<array-key, mixed>
     *
     * @throws CarrierFailure
     */
    private function steps(Core $core, string $operation, array $input): array
    {
        $reply = $core->call($operation, $input);
        for ($step = 0; $step <= self::MOST_STEPS; ++$step) {
            Cache::write($reply->remember);
            foreach ($reply->log as $line) {
                Log::write(Input::string($line, 'code'), Input::string($line, 'detail'));
            }

            if ($reply->outcome !== null) {
                return $reply->outcome;
            }

            if ($step === self::MOST_STEPS) {
                break;
            }

            $answer = Effects::perform($reply->effect ?? []);
            $reply = $core->call('resume', ['resume' => $reply->resume, 'answer' => $answer]);
        }

        throw new CarrierFailure('the core asked for more than ' . self::MOST_STEPS . ' effects');
    }

    /**
     * @return array<string, mixed>
     */
    private static function refused(string $code, int $status, string $cause): array
    {
        Log::write($code, $cause);

        return ['type' => 'refused', 'code' => $code, 'status' => $status, 'retry' => true, 'redirect_to' => '', 'cookies' => []];
    }
}
