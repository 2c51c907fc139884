<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * What becomes of a connection of the official Logto plugin.
 */
enum LinkVerdict: string
{
    /** The user gets the identity. */
    case New = 'new';

    /** The user has it already. */
    case AlreadyLinked = 'already_linked';

    /** Another user has it already. */
    case LinkedToOther = 'linked_to_other';

    /** Several users claim it, and nothing says whose it is. */
    case Ambiguous = 'ambiguous';

    /** The user has another subject of the same tenant, and nothing says which is theirs. */
    case HasOtherSubject = 'has_other_subject';

    /** It belongs to an administrator, and only other users were asked for. */
    case Privileged = 'privileged';

    /** The user was deleted. */
    case UserMissing = 'user_missing';

    /** It is empty, too long, or no text. */
    case Unusable = 'unusable';
}
