<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * The roles of a new user, as the core names them. Names that the site does not know are left out; if none is left,
 * it is the site's default role. Whoever waits for approval has none yet, and keeps the names for later.
 */
final class InitialRoles
{
    /**
     * @param list<string> $names
     * @param list<string> $granted Those of them that the mapping of the issuer gave.
     */
    private function __construct(
        private readonly array $names,
        private readonly array $granted,
        private readonly string $issuer_hash,
        private readonly bool $pending,
    ) {
    }

    public static function of(CreateUser $effect): self
    {
        $named = array_unique($effect->roles);
        $known = array_values(array_filter($named, wp_roles()->is_role(...)));
        $unknown = array_diff($named, $known);
        if ($unknown !== []) {
            Log::write('role_unknown', 'this site has no such role: ' . implode(', ', $unknown));
        }

        $names = $known === [] ? [Input::to_string(get_option('default_role'))] : $known;

        return new self($names, array_values(array_intersect($names, $effect->granted_roles)), $effect->identity->issuer_hash, $effect->pending);
    }

    public function first(): string
    {
        return $this->pending ? '' : $this->names[0] ?? '';
    }

    public function add_others(int $user_id): void
    {
        $user = new \WP_User($user_id);
        foreach ($this->pending ? [] : array_slice($this->names, 1) as $name) {
            $user->add_role($name);
        }
    }

    /**
     * @return array<string, mixed> User meta.
     */
    public function marks(): array
    {
        $grants = GrantsByIssuer::read(null)->confirm($this->issuer_hash, $this->granted)->stored();
        $granted = $grants === [] ? [] : [UserMeta::GRANTED_ROLES => [get_current_blog_id() => $grants]];

        return $granted + ($this->pending ? [UserMeta::PENDING => '1', UserMeta::PENDING_ROLES => $this->names] : []);
    }
}
