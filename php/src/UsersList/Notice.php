<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Request;

/**
 * Says above the list of users what came of an action.
 */
final class Notice
{
    public const PROOF_MISSING = 'proof_missing';

    private const DID = 'logto_did';
    private const DONE = 'logto_done';
    private const DENIED = 'logto_denied';

    /**
     * @param array{done: int, denied: int} $result
     */
    public static function url(string $page, string $did, array $result): string
    {
        $arguments = [self::DID => rawurlencode($did), self::DONE => (string) $result['done'], self::DENIED => (string) $result['denied']];

        return add_query_arg($arguments, remove_query_arg(wp_removable_query_args(), $page));
    }

    /**
     * WordPress takes these out of the address once they are shown.
     *
     * @param array<array-key, mixed> $arguments
     *
     * @return array<array-key, mixed>
     */
    public static function removable(array $arguments): array
    {
        return [...array_values($arguments), self::DID, self::DONE, self::DENIED];
    }

    public static function show(): void
    {
        if (Request::query(self::DID) === self::PROOF_MISSING) {
            self::notice('error', Catalog::of(self::PROOF_MISSING)->message);

            return;
        }

        $message = match (Request::query(self::DID)) {
            /* translators: %s: number of users. */
            Actions::UNLINK => __('Users whose sign-in methods were disconnected: %s.', 'logto-sign-in'),
            /* translators: %s: number of users. */
            Actions::APPROVE => __('Users approved: %s.', 'logto-sign-in'),
            default => '',
        };
        if ($message === '') {
            return;
        }

        $done = (int) Request::query(self::DONE);
        self::notice($done > 0 ? 'success' : 'info', sprintf($message, number_format_i18n($done)));
        $denied = (int) Request::query(self::DENIED);
        if ($denied > 0) {
            /* translators: %s: number of users. */
            $message = __('Users not changed because you are not allowed to edit them: %s.', 'logto-sign-in');
            self::notice('warning', sprintf($message, number_format_i18n($denied)));
        }
    }

    private static function notice(string $type, string $message): void
    {
        printf('<div class="notice notice-%s is-dismissible"><p>%s</p></div>', esc_attr($type), esc_html($message));
    }
}
