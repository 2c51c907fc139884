<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Accounts\AccountFacts;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UsedStates;
use LogtoSignIn\Carrier\CarrierFailure;
use LogtoSignIn\Support\Input;

/**
 * Performs what the core wants of WordPress.
 */
final class Effects
{
    /**
     * @param array<array-key, mixed> $effect
     *
     * @return array<string, mixed> The answer that the protocol has for this effect.
     *
     * @throws CarrierFailure When the core asks for something that this version cannot do.
     */
    public static function perform(array $effect): array
    {
        return match (Input::string($effect, 'type')) {
            'fetch' => Http::perform($effect),
            'look_up' => AccountFacts::found(Identities::find_user($effect)),
            'find_by_email' => AccountFacts::candidate($effect),
            'spend' => ['fresh' => UsedStates::mark(Input::string($effect, 'key'), Input::int($effect, 'expires'))],
            'link' => ['linked' => Identities::link(Input::map($effect, 'identity'), Input::int($effect, 'user_id'), Input::bool($effect, 'sole'))],
            'create_user' => NewUser::create($effect),
            default => throw new CarrierFailure('the core asked for an unknown effect'),
        };
    }
}
