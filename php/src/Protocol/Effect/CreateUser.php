<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Effect;

use LogtoSignIn\Protocol\Answer\UserCreated;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Profile;

/**
 * Create a user together with its identity: both or neither. The answer is a {@see UserCreated}.
 */
final class CreateUser extends Effect
{
    /**
     * @param list<string> $logins In order of preference; the first that nobody has is taken.
     * @param list<string> $nicenames In order of preference; they appear in author URLs.
     * @param string $email Under `.invalid` when the visitor has none.
     * @param string $fallback_email Under `.invalid`, for when somebody else has the address.
     * @param list<string> $roles None means the default role of the site.
     * @param list<string> $granted_roles Those of them that the role mapping gave.
     * @param bool $pending Whether the account has to be approved first.
     * @param null|array<array-key, mixed> $claims What the provider told, for other plugins that read it.
     */
    // @mago-expect lint:excessive-parameter-list - one for each member of the message
    public function __construct(
        public readonly Identity $identity,
        public readonly array $logins,
        public readonly array $nicenames,
        public readonly string $email,
        public readonly string $fallback_email,
        public readonly Profile $profile,
        public readonly array $roles,
        public readonly array $granted_roles,
        public readonly bool $pending,
        public readonly null|array $claims = null,
    ) {
    }

    /**
     * The same with what another plugin made of the profile.
     */
    public function with_profile(Profile $profile): self
    {
        return new self($this->identity, $this->logins, $this->nicenames, $this->email, $this->fallback_email, $profile, $this->roles, $this->granted_roles, $this->pending, $this->claims);
    }

    public function jsonSerialize(): array
    {
        $members = parent::jsonSerialize();

        return $this->claims === null ? array_diff_key($members, ['claims' => null]) : ['claims' => (object) $this->claims] + $members;
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            Identity::read($json->object('identity')),
            $json->list('logins')->strings(),
            $json->list('nicenames')->strings(),
            $json->string('email'),
            $json->string('fallback_email'),
            Profile::read($json->map('profile')),
            $json->list('roles')->strings(),
            $json->list('granted_roles')->strings(),
            $json->bool('pending'),
            $json->has('claims') ? $json->map('claims')->values() : null,
        );
    }
}
