<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

use LogtoSignIn\Support\Functions;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * Which transports have answered, for all workers of this web server. Others that share the database have a service, a
 * program and a library of their own.
 */
final class Health
{
    public const TRANSIENT = 'logto_sign_in_transports';

    /** Seconds for which a transport that failed is skipped. */
    public const REST_SECS = 60;

    /** Seconds for which an answer is remembered, unless a failure comes sooner. */
    public const MEMORY_SECS = 86_400;

    /**
     * Whether a transport answered when it was last asked; null when that is too long ago, or it is at another place now.
     *
     * @param int $believed Seconds for which an answer counts.
     */
    public static function known(string $transport, int $believed = self::MEMORY_SECS): null|bool
    {
        $noted = Input::map(self::of_this_server(), $transport);
        $age = time() - Input::int($noted, 'at');
        $answered = Input::bool($noted, 'answered');
        if (Input::string($noted, 'place') !== Shipped::place($transport) || $age >= ($answered ? $believed : self::REST_SECS)) {
            return null;
        }

        return $answered;
    }

    /**
     * Remembers how it went. An answer that is known already is not written again.
     */
    public static function note(string $transport, bool $answered): void
    {
        if ($answered && self::known($transport) === true) {
            return;
        }

        $noted = ['place' => Shipped::place($transport), 'answered' => $answered ? '1' : '0', 'at' => time()];
        $servers = [self::server() => [$transport => $noted] + self::of_this_server()] + Input::to_map(get_transient(self::TRANSIENT));
        set_transient(self::TRANSIENT, $servers, self::MEMORY_SECS);
    }

    public static function forget(): void
    {
        delete_transient(self::TRANSIENT);
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function of_this_server(): array
    {
        return Input::map(Input::to_map(get_transient(self::TRANSIENT)), self::server());
    }

    private static function server(): string
    {
        return hash('sha256', Input::to_string(Functions::call('gethostname')) . ' ' . Plugin::path(''));
    }
}
