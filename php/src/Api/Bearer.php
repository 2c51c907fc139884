<?php

declare(strict_types=1);

namespace LogtoSignIn\Api;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\AccessGranted;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Request;

/**
 * Requests to the REST API with an access token (RFC 6750). The core decides whose they are; here, the request becomes that
 * user's, or is refused.
 */
final class Bearer
{
    /** The code of a request that the scopes do not allow, whatever the user may do. */
    public const SCOPE_MISSING = 'api_scope_missing';

    /** What the core said about the request's token; it is asked once. */
    private static null|Outcome $outcome = null;

    private static bool $is_asking = false;

    /**
     * For the filter `determine_current_user`, which fires before WordPress knows that the REST API is asked for.
     */
    public static function user(mixed $user_id): mixed
    {
        if (self::$is_asking) {
            // While the token is verified, the request is nobody's.
            return false;
        }

        $outcome = ApiRequest::is_served() ? self::outcome() : null;

        return match (true) {
            $outcome instanceof AccessGranted => $outcome->user_id,
            $outcome instanceof Refused => false,
            default => $user_id,
        };
    }

    /**
     * For the filter `rest_authentication_errors`, which fires in requests to the REST API alone. A token needs no nonce: no
     * browser sends it by itself.
     */
    public static function authenticate(mixed $result): mixed
    {
        $outcome = $result instanceof \WP_Error ? null : self::outcome();
        if ($outcome instanceof AccessGranted) {
            wp_set_current_user($outcome->user_id);

            return true;
        }

        if (!$outcome instanceof Refused) {
            return $result;
        }

        wp_set_current_user(0);

        return self::error($outcome->code, $outcome->status);
    }

    /**
     * For the filter `rest_pre_dispatch`: some routes, such as the one for comments, let every user write.
     */
    public static function allow(mixed $result, mixed $_ = null, mixed $request = null): mixed
    {
        $outcome = self::$outcome;
        Capabilities::watch();
        if (!$outcome instanceof AccessGranted || !$outcome->read_only || ApiRequest::reads($request)) {
            return $result;
        }

        return self::error(self::SCOPE_MISSING, 403);
    }

    /**
     * What came of the token; null without one, or while the setting is off.
     */
    private static function outcome(): null|Outcome
    {
        if (self::$outcome !== null || self::$is_asking || trim(Settings::current()->text('api_resource')) === '') {
            return self::$outcome;
        }

        self::$is_asking = true;
        try {
            self::$outcome = (new Client(new Handler()))->run(Operation::Authenticate, [
                'authorization' => ApiRequest::authorization(),
                'has_parameter' => Request::has('access_token'),
            ]);
        } finally {
            self::$is_asking = false;
        }

        if (self::$outcome instanceof AccessGranted) {
            Capabilities::narrow(self::$outcome);
        }

        return self::$outcome;
    }

    /**
     * The next request is another one.
     */
    public static function forget(): void
    {
        self::$outcome = null;
        Capabilities::release();
    }

    /**
     * What came of the token, if it was looked at.
     */
    public static function known(): null|Outcome
    {
        return self::$outcome;
    }

    private static function error(string $code, int $status): \WP_Error
    {
        return new \WP_Error('logto_' . $code, Catalog::of($code)->message, ['status' => $status]);
    }
}
