<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Api;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Api\Bearer;
use LogtoSignIn\Tests\TestCase;

/**
 * Requests to the REST API with access tokens.
 */
abstract class BearerTestCase extends TestCase
{
    protected const API = [
        'api_resource' => ApiCall::RESOURCE,
        'api_scopes' => "read = read\nwrite = read, edit_posts, edit_others_posts\naccount = read, edit_user\nnetwork = read, manage_network, manage_sites",
        'api_m2m_user' => 'a-robot',
    ] + self::SETTINGS;

    protected int $requests = 0;

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::API);
        $this->requests = 0;
        add_filter('pre_http_request', function (mixed $answer, array $arguments, string $url): mixed {
            ++$this->requests;

            return ['response' => ['code' => 200], 'headers' => [], 'body' => (string) ApiCall::document($url), 'cookies' => []];
        }, 10, 3);
        // Whatever a test before set up has no say here.
        $GLOBALS['wp_rest_server'] = null;
    }

    protected function tearDown(): void
    {
        Bearer::forget();
        parent::tearDown();
    }

    protected function linked(string $role): \WP_User
    {
        $user = $this->user('a-visitor', $role);
        Identities::link(self::identity('subject', ApiCall::ISSUER), $user->ID);

        return $user;
    }
}
