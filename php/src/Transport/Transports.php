<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * Which transport there is: FFI, else the socket, else the process, else PHP itself; or the one that the constant
 * `LOGTO_SIGN_IN_TRANSPORT` names. One that failed is skipped for a minute: a file or a socket that exists may still not
 * answer.
 */
final class Transports
{
    /**
     * What an operation tries in turn. Those that failed within the last minute come last.
     *
     * @return \Generator<int, Candidate>
     */
    public static function candidates(): \Generator
    {
        [$tried, $failed] = [[], []];
        foreach (Requirements::met() as $name) {
            if (Health::known($name) === false) {
                $failed[] = $name;
                continue;
            }

            $tried[] = $name;
            yield Candidate::of($name);
        }

        if ($tried === ['socket']) {
            // There is no other: a service that is busy gets more time.
            yield new Candidate('socket');
        }

        if (in_array('process', $tried, true) && Health::known('process') !== false) {
            // Its child gave a reply before it ended, say for lack of memory: the operation begins again in a new one.
            yield Candidate::of('process');
        }

        foreach ($failed as $name) {
            yield new Candidate($name, Candidate::GREETING_SECS);
        }
    }

    /**
     * The first transport that answers, or null. One that answered lately is not asked again.
     *
     * @param int $believed Seconds for which an answer counts.
     */
    public static function available(int $believed = Health::MEMORY_SECS): null|string
    {
        foreach (Requirements::met() as $name) {
            if (Health::known($name, $believed) ?? Candidate::of($name)->greet()) {
                return $name;
            }
        }

        return null;
    }

    /**
     * What keeps each transport from working, by name: a code of Messages\Rows\Transport, or null for one that answers
     * now. Whoever tells an administrator about transports asks this.
     *
     * @return array<string, null|string>
     */
    public static function examine(): array
    {
        $examined = [];
        foreach (Shipped::NAMES as $name) {
            $silent = match ($name) {
                'ffi' => 'library_not_loaded',
                default => 'transport_silent',
            };
            $examined[$name] = Shipped::unmet($name) ?? (Candidate::of($name)->greet() ? null : $silent);
        }

        return $examined;
    }

    /**
     * Whether there is one that could work here and did not answer.
     */
    public static function have_failed(): bool
    {
        return Requirements::met()->valid() && self::available() === null;
    }

    /**
     * Why none is tried, for the log.
     */
    public static function obstacles(): string
    {
        return implode(', ', array_map(static fn(string $name): string => $name . ': ' . (Shipped::unmet($name) ?? 'failed'), Requirements::wanted()));
    }
}
