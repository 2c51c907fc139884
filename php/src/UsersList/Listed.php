<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\UserIdentities;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * The users on one page of a list, and which providers they sign in with: one query for the page, when first asked.
 */
final class Listed
{
    /** @var array<int, list<string>>|null Issuers by user. */
    private null|array $issuers = null;

    public function __construct(
        private readonly \WP_User_Query $query,
    ) {
    }

    /**
     * Each kind of provider that a user signs in with, once.
     *
     * @return list<string>
     */
    public function kinds(int $user_id): array
    {
        $this->issuers ??= UserIdentities::issuers($this->ids());

        $label = static fn(string $issuer): string => Provider::of_issuer($issuer)->label();

        return array_values(array_unique(array_map($label, $this->issuers[$user_id] ?? [])));
    }

    /**
     * @return list<int>
     */
    private function ids(): array
    {
        $ids = [];
        foreach ($this->query->get_results() as $user) {
            $ids[] = $user instanceof \WP_User ? $user->ID : Input::to_int($user);
        }

        return $ids;
    }
}
