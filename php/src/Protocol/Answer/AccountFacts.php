<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * What the core has to know about the user whom an identity belongs to.
 */
final class AccountFacts implements Answer
{
    /**
     * @param null|int $user_id Null when nobody has the identity.
     * @param bool $pending Whether the account still has to be approved.
     * @param list<string> $roles Roles on this site.
     * @param list<string> $granted_roles Those of them that the role mapping gave earlier, at sign-ins with this issuer.
     * @param list<string> $roles_of_others Those that it gave at sign-ins with other issuers.
     * @param bool $last_administrator Whether nobody else is an administrator of this site.
     * @param list<int> $sites On a network: the ids of the sites that the user is a member of.
     * @param list<int> $granted_sites Those that the mapping of organizations gave, at sign-ins with this issuer.
     * @param list<int> $sites_of_others Those that it gave at sign-ins with other issuers.
     */
    public function __construct(
        public readonly null|int $user_id,
        public readonly bool $pending = false,
        public readonly array $roles = [],
        public readonly array $granted_roles = [],
        public readonly array $roles_of_others = [],
        public readonly bool $last_administrator = false,
        public readonly array $sites = [],
        public readonly array $granted_sites = [],
        public readonly array $sites_of_others = [],
    ) {
    }
}
