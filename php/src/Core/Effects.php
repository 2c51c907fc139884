<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UserFacts;
use LogtoSignIn\Carrier\CarrierFailure;
use LogtoSignIn\Fields;

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
        return match (Fields::text($effect, 'type')) {
            'fetch' => Http::perform($effect),
            'look_up' => UserFacts::found(Identities::look_up($effect)),
            'find_by_email' => UserFacts::candidate($effect),
            'spend' => ['fresh' => SpentStates::spend(Fields::text($effect, 'key'), Fields::number($effect, 'expires'))],
            'link' => ['linked' => Identities::link(Fields::map($effect, 'identity'), Fields::number($effect, 'user_id'), Fields::flag($effect, 'sole'))],
            'create_user' => NewUser::create($effect),
            default => throw new CarrierFailure('the core asked for an unknown effect'),
        };
    }
}
