<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Faults;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Tests\Server;

/**
 * A visitor who signs in at a provider, in this process: from the start to the outcome of the callback, through the core.
 */
final class Visit
{
    public function __construct(
        private readonly Server $provider,
    ) {
    }

    /**
     * @return array<string, mixed>
     */
    public function settings(): array
    {
        return ['endpoint' => $this->provider->url . '/rsa', 'app_id' => 'app', 'app_secret' => 'a very secret secret'];
    }

    public function identity(): Identity
    {
        return new Identity($this->issuer(), hash('sha256', $this->issuer()), 'alice');
    }

    /**
     * The outcome of the start, unless that led to the provider.
     */
    public function sign_in(): Outcome
    {
        $start = (new Client())->run(Operation::Start, ['canonical' => true]);
        if (!$start instanceof Redirect) {
            return $start;
        }

        parse_str((string) wp_parse_url($start->url, PHP_URL_QUERY), $asked);
        $query = ['code' => $asked['nonce'], 'state' => $asked['state'], 'iss' => $this->issuer()];
        $input = ['query' => http_build_query($query), 'cookies' => array_column($start->cookies, 'value', 'name')];

        return (new Client(new Handler()))->run(Operation::Callback, $input);
    }

    private function issuer(): string
    {
        return $this->provider->url . '/rsa/oidc';
    }
}
