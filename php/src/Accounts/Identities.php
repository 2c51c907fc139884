<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Tables;

/**
 * Which user an identity (issuer and subject) belongs to. E-mail addresses play no part.
 */
final class Identities
{
    /** How often, 100 ms apart, a row that another request is filling is read again. */
    private const PATIENCE = 20;

    /**
     * The user of an identity; a row whose user is gone is removed.
     *
     * @param array<array-key, mixed> $effect With `issuer_hash` and `subject`.
     */
    public static function look_up(array $effect): null|int
    {
        [$issuer_hash, $subject] = self::key($effect);
        $user_id = self::user_id($issuer_hash, $subject);
        for ($try = 0; $user_id === 0 && $try < self::PATIENCE; ++$try) {
            usleep(100_000);
            $user_id = self::user_id($issuer_hash, $subject);
        }

        if ($user_id === null) {
            return null;
        }

        if ($user_id === 0 || get_userdata($user_id) === false) {
            self::remove($issuer_hash, $subject, $user_id);

            return null;
        }

        return $user_id;
    }

    /**
     * Claims an identity within the transaction that is open; false when somebody has it. While another transaction
     * that claims the same identity is open, the database makes this one wait.
     *
     * @param array<array-key, mixed> $identity
     */
    public static function claim(array $identity, int $user_id = 0): bool
    {
        [$issuer_hash, $subject] = self::key($identity);
        if ($issuer_hash === '' || $subject === '' || strlen($subject) > 255) {
            return false;
        }

        $database = Tables::database();

        $table = Tables::identities();

        return $database->query((string) $database->prepare(
            "INSERT IGNORE INTO {$table} (issuer_hash, subject, user_id, issuer, created) VALUES (%s, %s, %d, %s, %s)",
            $issuer_hash,
            $subject,
            $user_id,
            Input::string($identity, 'issuer'),
            current_time('mysql', true),
        )) === 1;
    }

    /**
     * Gives a claimed identity its user.
     *
     * @param array<array-key, mixed> $identity
     */
    public static function assign(array $identity, int $user_id): bool
    {
        [$issuer_hash, $subject] = self::key($identity);

        return Tables::database()->update(
            Tables::identities(),
            ['user_id' => $user_id],
            ['issuer_hash' => $issuer_hash, 'subject' => $subject, 'user_id' => 0],
        ) === 1;
    }

    /**
     * Gives a user one more identity, in one statement; false when somebody else has it.
     *
     * @param array<array-key, mixed> $identity
     * @param bool $sole Only while the user has no other of this issuer.
     */
    public static function link(array $identity, int $user_id, bool $sole = false): bool
    {
        $link = static fn(): bool => get_userdata($user_id) !== false && (self::claim($identity, $user_id) || self::look_up($identity) === $user_id);
        if (!$sole) {
            return $link();
        }

        // Two subjects at once with one address: no key of the table tells them that the other was first.
        return Lock::hold('link_' . $user_id, static fn(): bool => !UserIdentities::has_other($user_id, $identity) && $link(), static fn(): bool => false);
    }

    /**
     * Gives up a claim. Only a database without transactions still has the row by now.
     *
     * @param array<array-key, mixed> $identity
     */
    public static function release(array $identity): void
    {
        [$issuer_hash, $subject] = self::key($identity);
        self::remove($issuer_hash, $subject, 0);
    }

    private static function user_id(string $issuer_hash, string $subject): null|int
    {
        $database = Tables::database();
        $table = Tables::identities();
        $query = "SELECT user_id FROM {$table} WHERE issuer_hash = %s AND subject = %s";
        $found = $database->get_var((string) $database->prepare($query, $issuer_hash, $subject));

        return is_string($found) ? (int) $found : null;
    }

    private static function remove(string $issuer_hash, string $subject, int $user_id): void
    {
        Tables::database()->delete(
            Tables::identities(),
            ['issuer_hash' => $issuer_hash, 'subject' => $subject, 'user_id' => $user_id],
        );
    }

    /**
     * @param array<array-key, mixed> $identity
     *
     * @return array{string, string}
     */
    private static function key(array $identity): array
    {
        return [Input::string($identity, 'issuer_hash'), Input::string($identity, 'subject')];
    }
}
