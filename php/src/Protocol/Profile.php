<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol;

/**
 * Fields of a profile. Null leaves the user's field as it is.
 */
final class Profile implements \JsonSerializable
{
    /**
     * @param null|string $email Verified by the provider.
     * @param null|string $locale As WordPress writes it, such as `zh_CN`.
     * @param null|string $phone In E.164, such as `+4912345678`.
     * @param null|string $picture An https URL.
     * @param null|string $dingtalk Which account at DingTalk Logto names, as a hash and the Unix time; empty for none.
     * @param null|string $organizations One a line: the ID, a space and the name, if it is known.
     * @param array<array-key, string> $meta Mapped claims by their meta keys; an empty text removes the meta.
     */
    // @mago-expect lint:excessive-parameter-list - one for each field
    public function __construct(
        public readonly null|string $display_name = null,
        public readonly null|string $first_name = null,
        public readonly null|string $last_name = null,
        public readonly null|string $nickname = null,
        public readonly null|string $email = null,
        public readonly null|string $locale = null,
        public readonly null|string $url = null,
        public readonly null|string $phone = null,
        public readonly null|string $picture = null,
        public readonly null|string $dingtalk = null,
        public readonly null|string $organizations = null,
        public readonly array $meta = [],
    ) {
    }

    /**
     * Fields that are left out are null.
     *
     * @throws InvalidReply
     */
    public static function read(JsonMap $from): self
    {
        return self::of($from->without('meta')->strings(), $from->map('meta')->strings());
    }

    /**
     * @param array<array-key, string> $fields By name; those that are left out are null.
     * @param array<array-key, string> $meta
     */
    public static function of(array $fields, array $meta): self
    {
        return new self(
            $fields['display_name'] ?? null,
            $fields['first_name'] ?? null,
            $fields['last_name'] ?? null,
            $fields['nickname'] ?? null,
            $fields['email'] ?? null,
            $fields['locale'] ?? null,
            $fields['url'] ?? null,
            $fields['phone'] ?? null,
            $fields['picture'] ?? null,
            $fields['dingtalk'] ?? null,
            $fields['organizations'] ?? null,
            $meta,
        );
    }

    /**
     * The fields that have a value.
     *
     * @return array<array-key, string>
     */
    public function fields(): array
    {
        return array_filter(get_object_vars($this), is_string(...));
    }

    public function jsonSerialize(): object
    {
        return (object) ($this->fields() + ($this->meta === [] ? [] : ['meta' => (object) $this->meta]));
    }
}
