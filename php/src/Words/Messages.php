<?php

declare(strict_types=1);

namespace LogtoSignIn\Words;

/**
 * Words for codes. The core decides, and WordPress has the words.
 */
final class Messages
{
    /** Codes that the core does not know: the host's, and WordPress's own. */
    public const OTHERS = [
        'core_unavailable',
        'core_trapped',
        'core_out_of_fuel',
        'core_out_of_memory',
        'request_too_large',
        'carrier_unavailable',
        'carrier_failed',
        'sign_in_refused',
        'session_lost',
    ];

    /**
     * What happened, for the visitor.
     */
    public static function text(string $code): string
    {
        return RefusalWords::all()[$code] ?? __('Signing in did not work.', 'logto-sign-in');
    }

    /**
     * What the admin does about it.
     */
    public static function advice(string $code): string
    {
        return AdviceWords::all()[$code] ?? __('See the cause in the error log.', 'logto-sign-in');
    }

    public static function next_step(bool $retry): string
    {
        return $retry
            ? __('Please try again. If it happens again, tell the administrator of this site the code below.', 'logto-sign-in')
            : __('Please tell the administrator of this site the code below.', 'logto-sign-in');
    }

    /**
     * What is wrong with a submitted setting.
     */
    public static function problem(string $code): string
    {
        return ProblemWords::all()[$code] ?? __('A setting cannot be used as it was entered.', 'logto-sign-in');
    }
}
