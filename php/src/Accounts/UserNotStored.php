<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Tables;

/**
 * The database refused the row of a new user.
 */
final class UserNotStored extends \RuntimeException
{
    /**
     * Filter `insert_user_meta`, which WordPress applies between the row and the hooks that tell of it.
     *
     * @throws self
     */
    public static function unless_stored(mixed $meta, mixed $user): mixed
    {
        if (!$user instanceof \WP_User || !$user->exists()) {
            // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- for the log, never for a page
            throw new self(Tables::database()->last_error);
        }

        return $meta;
    }
}
