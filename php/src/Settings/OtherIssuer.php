<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

use LogtoSignIn\Support\Constants;

/**
 * The issuer of another OpenID provider in the place of a Logto tenant: a constant's, else the setting's.
 */
final class OtherIssuer
{
    /**
     * Empty where the provider is Logto.
     */
    public static function of(Settings $settings): string
    {
        $named = Constants::text('LOGTO_SIGN_IN_ISSUER');

        return $named === '' ? trim($settings->text('issuer')) : $named;
    }

    /**
     * The issuer of identities that are not DingTalk's; empty where no provider is set up. Whether it is right, the core says.
     */
    public static function or_tenant(Settings $settings): string
    {
        $address = self::or_endpoint($settings);

        return self::of($settings) !== '' || $address === '' ? $address : $address . '/oidc';
    }

    /**
     * Where visitors are sent: one text for each provider.
     */
    public static function or_endpoint(Settings $settings): string
    {
        return self::of($settings) !== '' ? self::of($settings) : trim($settings->text('endpoint'));
    }

    /**
     * The settings as the core reads them.
     *
     * @return array<array-key, mixed>
     */
    public static function effective(Settings $settings): array
    {
        $named = Constants::text('LOGTO_SIGN_IN_ISSUER');

        return ($named === '' ? [] : ['issuer' => $named]) + $settings->stored;
    }
}
