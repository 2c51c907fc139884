<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Outcome;

use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Protocol\ProviderSession;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Protocol\SetCookie;
use LogtoSignIn\Protocol\SiteChange;

/**
 * A verified visitor has an account: sign this user in.
 */
final class SignedIn extends Outcome
{
    /**
     * @param bool $remember Whether the session outlives the browser.
     * @param string $redirect_to Where the visitor wanted to be; empty for WordPress's default.
     * @param null|Profile $profile To be written once WordPress has let the user in.
     * @param null|RoleChange $roles Roles are taken back before that, and given after it.
     * @param null|SiteChange $sites Memberships too.
     * @param string $issuer_hash To be stored with the session.
     * @param list<SetCookie> $cookies
     * @param null|array<array-key, mixed> $claims What the provider told, for other plugins that read it.
     * @param null|ProviderSession $session What else to keep with the session.
     */
    // @mago-expect lint:excessive-parameter-list - one for each member of the message
    public function __construct(
        public readonly int $user_id,
        public readonly bool $remember,
        public readonly string $redirect_to,
        public readonly null|Profile $profile,
        public readonly null|RoleChange $roles,
        public readonly null|SiteChange $sites,
        public readonly string $issuer_hash,
        public readonly array $cookies,
        public readonly null|array $claims = null,
        public readonly null|ProviderSession $session = null,
    ) {
    }

    /**
     * The same with what another plugin made of the profile.
     */
    public function with_profile(Profile $profile): self
    {
        return new self($this->user_id, $this->remember, $this->redirect_to, $profile, $this->roles, $this->sites, $this->issuer_hash, $this->cookies, $this->claims, $this->session);
    }

    public function jsonSerialize(): array
    {
        $members = parent::jsonSerialize();
        if ($this->claims !== null) {
            $members['claims'] = (object) $this->claims;
        }

        return array_diff_key($members, $this->claims === null ? ['claims' => null] : [], $this->session === null ? ['session' => null] : []);
    }

    /**
     * @throws InvalidReply
     */
    protected static function from(JsonObject $json): self
    {
        return new self(
            $json->int('user_id'),
            $json->bool('remember'),
            $json->string('redirect_to'),
            $json->value('profile') === null ? null : Profile::read($json->map('profile')),
            $json->value('roles') === null ? null : RoleChange::read($json->object('roles')),
            $json->value('sites') === null ? null : SiteChange::read($json->object('sites')),
            $json->string('issuer_hash'),
            array_map(SetCookie::read(...), $json->list('cookies')->objects()),
            $json->has('claims') ? $json->map('claims')->values() : null,
            $json->has('session') ? ProviderSession::read($json->object('session')) : null,
        );
    }
}
