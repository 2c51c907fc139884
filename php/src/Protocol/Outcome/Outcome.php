<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;

/**
 * How an operation ends.
 */
abstract class Outcome implements \JsonSerializable
{
    /** The class of each `type`. */
    private const CLASSES = [
        'redirect' => Redirect::class,
        'dingtalk_app_page' => DingtalkAppPage::class,
        'signed_in' => SignedIn::class,
        'session_checked' => SessionChecked::class,
        'logged_out' => LoggedOut::class,
        'connect_page' => ConnectPage::class,
        'sign_in_tested' => SignInTested::class,
        'identity_linked' => IdentityLinked::class,
        'unlink_decision' => UnlinkDecision::class,
        'refused' => Refused::class,
        'access_granted' => AccessGranted::class,
        'other_issuer' => OtherIssuer::class,
        'settings' => Settings::class,
        'preview' => Preview::class,
        'settings_import' => SettingsImport::class,
        'link_verdicts' => LinkVerdicts::class,
        'connection_checked' => ConnectionChecked::class,
        'about' => About::class,
    ];

    /**
     * @throws InvalidReply
     */
    public static function read(JsonObject $json): self
    {
        $class = self::CLASSES[$json->string('type')] ?? throw $json->invalid('type', 'a known outcome');

        return $class::from($json);
    }

    /**
     * @return array<array-key, mixed>
     */
    public function jsonSerialize(): array
    {
        return ['type' => array_search(static::class, self::CLASSES, true)] + get_object_vars($this);
    }

    /**
     * @throws InvalidReply
     */
    abstract protected static function from(JsonObject $json): self;
}
