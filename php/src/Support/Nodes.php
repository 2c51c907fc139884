<?php

declare(strict_types=1);

namespace LogtoSignIn\Support;

/**
 * The web servers that share this database, each with a fingerprint of its salts. What one of them seals in a cookie, only
 * those with the same salts can open.
 */
final class Nodes
{
    /** Loaded with WordPress's other options, so that a sign-in reads it without a query. */
    private const OPTION = 'logto_sign_in_nodes';

    /** Seconds after which a server notes itself again. */
    private const NOTED_SECS = 86_400;

    /** Seconds after which a server that no longer notes itself is forgotten. */
    private const MEMORY_SECS = 259_200;

    /**
     * Notes this server, once a day or when its salts change.
     */
    public static function note(): void
    {
        $nodes = self::known();
        $noted = Input::map($nodes, self::name());
        if (Input::string($noted, 'fingerprint') === self::fingerprint() && time() - Input::int($noted, 'at') < self::NOTED_SECS) {
            return;
        }

        update_option(self::OPTION, [self::name() => ['fingerprint' => self::fingerprint(), 'at' => time()]] + $nodes, true);
    }

    /**
     * The servers whose salts differ from those of this one.
     *
     * @return list<string>
     */
    public static function with_other_salts(): array
    {
        $others = array_filter(self::known(), static fn(mixed $node): bool => Input::string(Input::to_map($node), 'fingerprint') !== self::fingerprint());

        return array_map(strval(...), array_keys($others));
    }

    /**
     * For a log line about a cookie that this server cannot open.
     */
    public static function hint(): string
    {
        $others = self::with_other_salts();

        return $others === [] ? '' : '; the salts in wp-config.php differ on these web servers: ' . implode(', ', [self::name(), ...$others]);
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function known(): array
    {
        $since = time() - self::MEMORY_SECS;

        return array_filter(Input::to_map(get_option(self::OPTION)), static fn(mixed $node): bool => Input::int(Input::to_map($node), 'at') > $since);
    }

    private static function name(): string
    {
        return Input::to_string(Functions::call('gethostname'), Request::server('SERVER_ADDR')) . ':' . ABSPATH;
    }

    /**
     * Tells salts apart and nothing about them (HKDF, RFC 5869).
     */
    private static function fingerprint(): string
    {
        return bin2hex(hash_hkdf('sha256', 'salts ' . wp_salt('auth') . wp_salt('secure_auth'), 8, 'node fingerprint', 'logto-sign-in'));
    }
}
