<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\UserMeta;

/**
 * The organizations that Logto named at the user's last sign-in, on profile pages.
 */
final class Organizations
{
    /**
     * @param list<array<array-key, mixed>> $identities
     */
    public static function show(\WP_User $user, array $identities): void
    {
        $names = self::names(UserMeta::text($user->ID, UserMeta::ORGANIZATIONS));
        if ($identities === [] || $names === []) {
            return;
        }

        /* translators: %s: names of organizations. */
        printf('<p id="logto-organizations">%s</p>', esc_html(sprintf(__('Organizations at the last sign-in: %s', 'logto-sign-in'), implode(', ', $names))));
    }

    /**
     * Each by its name, or by its ID where the provider told none.
     *
     * @return list<string>
     */
    private static function names(string $lines): array
    {
        $lines = array_filter(explode("\n", $lines), static fn(string $line): bool => $line !== '');

        return array_values(array_map(static fn(string $line): string => explode(' ', $line, 2)[1] ?? $line, $lines));
    }
}
