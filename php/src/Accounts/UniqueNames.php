<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Text;

/**
 * Picks the first name that nobody has.
 */
final class UniqueNames
{
    /**
     * @param list<string> $logins
     */
    public static function login(array $logins): null|string
    {
        $illegal = array_map('strtolower', Input::to_strings(apply_filters('illegal_user_logins', [])));
        foreach ($logins as $login) {
            // A network writes every name in lower case. What else is left of a name may be anybody's.
            $clean = sanitize_user($login, true);
            $usable = $clean !== '' && Text::lower($clean) === Text::lower($login) && mb_strlen($clean) <= 60 && !in_array(strtolower($clean), $illegal, true);
            if ($usable && username_exists($clean) === false) {
                return $clean;
            }
        }

        return null;
    }

    /**
     * @param list<string> $nicenames
     */
    public static function nicename(array $nicenames): null|string
    {
        foreach ($nicenames as $nicename) {
            $nicename = mb_substr(sanitize_title($nicename), 0, 50);
            if ($nicename !== '' && get_user_by('slug', $nicename) === false) {
                return $nicename;
            }
        }

        return null;
    }
}
