<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * The option `logto_sign_in` as WordPress needs it. Its rules are the core's (`check_settings`).
 */
final class Settings
{
    public const OPTION = 'logto_sign_in';

    /**
     * @param array<array-key, mixed> $stored The option as stored, of whatever shape.
     */
    private function __construct(
        public readonly array $stored,
    ) {
    }

    public static function current(): self
    {
        return new self(Fields::of(get_option(self::OPTION)));
    }

    public function text(string $field): string
    {
        return Fields::text($this->stored, $field);
    }

    public function flag(string $field, bool $default): bool
    {
        return Fields::flag($this->stored, $field, $default);
    }

    /**
     * Whether what a sign-in needs is filled in; whether it is right, the core says.
     */
    public function is_configured(): bool
    {
        return trim($this->text('endpoint')) !== '' && trim($this->text('app_id')) !== '' && trim($this->text('app_secret')) !== '';
    }
}
