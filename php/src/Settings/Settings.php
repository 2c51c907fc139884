<?php

declare(strict_types=1);

namespace LogtoSignIn\Settings;

use LogtoSignIn\Support\Input;

/**
 * The settings as WordPress needs them. Their rules are the core's (`check_settings`).
 */
final class Settings
{
    public const OPTION = StoredOptions::OPTION;

    /** '1' when deleting the plugin removes the identities too. On a network, the network's option of this name. */
    public const DELETE_IDENTITIES_OPTION = 'logto_sign_in_delete_identities';

    /**
     * @param array<array-key, mixed> $stored The option as stored, of whatever shape.
     */
    public function __construct(
        public readonly array $stored,
    ) {
    }

    /**
     * What applies here.
     */
    public static function current(): self
    {
        return is_multisite() && is_network_admin() ? self::network() : new self(StoredOptions::applied());
    }

    public static function network(): self
    {
        return new self(StoredOptions::of_network());
    }

    /**
     * For the filter `logto_sign_in_secrets`, whose other callbacks may give anything: this one is the last.
     *
     * @return list<string>
     */
    public static function secrets(mixed $secrets): array
    {
        $ours = array_map(self::current()->text(...), Defaults::SECRETS);
        $networks = is_multisite() ? array_map(self::network()->text(...), Defaults::SECRETS) : [];

        return [...Input::to_strings($secrets), ...$ours, ...$networks];
    }

    public function text(string $field): string
    {
        return Input::string($this->stored, $field);
    }

    public function flag(string $field): bool
    {
        return Input::bool($this->stored, $field, Defaults::FLAGS[$field] ?? false);
    }

    /**
     * Whether what a sign-in needs is filled in, at either provider; whether it is right, the core says.
     */
    public function is_configured(): bool
    {
        return $this->has_logto() || $this->has_dingtalk();
    }

    public function has_logto(): bool
    {
        return OtherIssuer::or_tenant($this) !== '' && $this->has('app_id') && $this->has('app_secret');
    }

    /**
     * DingTalk itself, without a tenant.
     */
    public function has_dingtalk(): bool
    {
        return $this->has('dingtalk_client_id') && $this->has('dingtalk_client_secret');
    }

    private function has(string $field): bool
    {
        return trim($this->text($field)) !== '';
    }
}
