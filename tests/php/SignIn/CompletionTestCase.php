<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\Profile;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\SignIn\Unfinished;
use LogtoSignIn\Tests\TestCase;

/**
 * A visitor whose sign-in is unfinished.
 */
abstract class CompletionTestCase extends TestCase
{
    protected const SECRET = 'known to the browser';

    protected \WP_User $user;

    protected function setUp(): void
    {
        parent::setUp();
        $this->user = $this->user();
        $_COOKIE[Unfinished::COOKIE] = self::SECRET;
    }

    protected function outcome(): SignedIn
    {
        $profile = new Profile(display_name: 'New name', email: 'new@example.org');

        return new SignedIn($this->user->ID, true, 'http://127.0.0.1/there', $profile, new RoleChange(['editor'], [], ['editor']), null, 'the hash', []);
    }

    /**
     * @return string The token of the session.
     */
    protected function pass_login(): string
    {
        $expiration = time() + 600;
        $token = \WP_Session_Tokens::get_instance($this->user->ID)->create($expiration);
        $_COOKIE[LOGGED_IN_COOKIE] = wp_generate_auth_cookie($this->user->ID, $expiration, 'logged_in', $token);
        wp_set_current_user(0);
        wp_set_current_user($this->user->ID);

        return $token;
    }
}
