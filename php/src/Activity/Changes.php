<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * Records what becomes of accounts and their sign-in methods, whoever changes them.
 */
final class Changes
{
    /**
     * Action `logto_sign_in_linked`
     */
    public static function linked(mixed $user_id, mixed $issuer = ''): void
    {
        self::changed(Kind::Linked, $user_id, $issuer);
    }

    /**
     * Action `logto_sign_in_unlinked`
     */
    public static function unlinked(mixed $user_id, mixed $issuer = ''): void
    {
        self::changed(Kind::Unlinked, $user_id, $issuer);
    }

    /**
     * Action `logto_sign_in_user_created`
     */
    public static function created(mixed $user_id, mixed $issuer = ''): void
    {
        self::changed(Kind::Created, $user_id, $issuer);
    }

    /**
     * Action `logto_sign_in_approved`
     */
    public static function approved(mixed $user_id, mixed $actor_id = 0): void
    {
        Recorder::record(new Event(Kind::Approved, user_id: Input::to_int($user_id), actor_id: Input::to_int($actor_id)));
    }

    private static function changed(Kind $kind, mixed $user_id, mixed $issuer): void
    {
        $user_id = Input::to_int($user_id);
        $actor_id = get_current_user_id();
        $issuer = Input::to_string($issuer);
        $provider = $issuer === '' ? null : Provider::of_issuer($issuer);
        Recorder::record(new Event($kind, provider: $provider, user_id: $user_id, actor_id: $actor_id === $user_id ? 0 : $actor_id));
    }
}
