<?php

declare(strict_types=1);

namespace LogtoSignIn\Api;

use LogtoSignIn\Protocol\Outcome\AccessGranted;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Support\Input;

/**
 * The header fields that tell a program why its request was refused (RFC 6750 §3).
 */
final class Challenge
{
    /**
     * For the filter `rest_post_dispatch`.
     */
    public static function add(mixed $response): mixed
    {
        $outcome = Bearer::known();
        if (!$response instanceof \WP_HTTP_Response || $outcome === null) {
            return $response;
        }

        if ($outcome instanceof Refused) {
            $response->header('Cache-Control', 'no-store');
            self::set($response, 'WWW-Authenticate', $outcome->challenge ?? '');
            self::set($response, 'Retry-After', (string) $outcome->retry_after);
        }

        if ($outcome instanceof AccessGranted && $response->get_status() === 403) {
            self::set($response, 'WWW-Authenticate', self::insufficient_scope($outcome, Input::string(Input::to_map($response->get_data()), 'code')));
        }

        return $response;
    }

    /**
     * Which scopes allow what was missing; nothing where none does.
     */
    private static function insufficient_scope(AccessGranted $granted, string $code): string
    {
        $scopes = implode(' ', array_intersect_key($granted->scopes, array_flip(Capabilities::missing())));

        return match (true) {
            $scopes === '' => $code === 'logto_' . Bearer::SCOPE_MISSING ? $granted->challenge : '',
            default => sprintf('%s, scope="%s"', $granted->challenge, implode(' ', array_unique(explode(' ', $scopes)))),
        };
    }

    private static function set(\WP_HTTP_Response $response, string $name, string $value): void
    {
        if ($value !== '') {
            $response->header($name, $value);
        }
    }
}
