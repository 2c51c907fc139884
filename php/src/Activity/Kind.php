<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

/**
 * What happened. The values are stored.
 */
enum Kind: string
{
    case SignedIn = 'signed_in';
    case Refused = 'refused';
    case SignedOut = 'signed_out';
    case Linked = 'linked';
    case Unlinked = 'unlinked';
    case Created = 'created';
    case Approved = 'approved';

    public function label(): string
    {
        return match ($this) {
            self::SignedIn => __('Signed in', 'logto-sign-in'),
            self::Refused => __('Refused', 'logto-sign-in'),
            self::SignedOut => __('Signed out', 'logto-sign-in'),
            self::Linked => __('Connected', 'logto-sign-in'),
            self::Unlinked => __('Disconnected', 'logto-sign-in'),
            self::Created => __('Account created', 'logto-sign-in'),
            self::Approved => __('Approved', 'logto-sign-in'),
        };
    }
}
