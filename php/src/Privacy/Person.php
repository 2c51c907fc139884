<?php

declare(strict_types=1);

namespace LogtoSignIn\Privacy;

/**
 * The person whose data WordPress's tools ask for, by email address.
 */
final class Person
{
    /**
     * The ID of the user with this address; 0 when there is none.
     */
    public static function user_id(string $email): int
    {
        $user = get_user_by('email', $email);

        return $user === false ? 0 : $user->ID;
    }
}
