<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\SignIn\SignInLink;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * A link of WP-CLI for an admin who is locked out.
 */
final class SignInLinkTest extends TestCase
{
    private \WP_User $boss;

    protected function setUp(): void
    {
        parent::setUp();
        $this->boss = $this->admin();
    }

    protected function tearDown(): void
    {
        Records::remove_before(PHP_INT_MAX);
        parent::tearDown();
    }

    /**
     * Before, with password login off and the provider misconfigured, an admin had to edit wp-config.php.
     */
    public function test_a_link_signs_in_once_after_a_click(): void
    {
        $query = $this->link();
        self::assertStringNotContainsString($query['secret'], (string) wp_json_encode(get_user_meta($this->boss->ID)));

        // A chat that shows a preview opens the link; whoever clicks it later is still asked.
        $preview = Program::page('wp-login.php', $query, ['settings' => self::SETTINGS]);
        self::assertSame(200, $preview['status']);
        self::assertStringContainsString('<form name="loginform"', $preview['body']);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $preview['headers']));

        $page = $this->click($query);
        self::assertSame(302, $page['status'], $page['body']);
        self::assertStringContainsString('/wp-admin/', Program::location($page));
        self::assertNotSame([], preg_grep('/wordpress_logged_in/', $page['headers']));
        self::assertSame('sign_in_link', Records::find(new Filter('signed_in'), 1)[0]->code);

        $again = $this->click($query);
        self::assertSame(403, $again['status']);
        self::assertStringContainsString('sign_in_link_invalid', $again['body']);
        self::assertSame([], preg_grep('/wordpress_logged_in/', $again['headers']));
    }

    public function test_a_link_that_is_wrong_old_or_of_a_pending_user_signs_nobody_in(): void
    {
        $query = $this->link();
        $other = $this->user('other');
        update_user_meta($this->boss->ID, UserMeta::PENDING, '1');
        $pages = ['pending' => $this->click($query)];
        delete_user_meta($this->boss->ID, UserMeta::PENDING);
        $pages['of another user'] = $this->click(['user' => (string) $other->ID] + $query);
        $pages['wrong'] = $this->click(['secret' => 'wrong'] + $query);
        $pages['empty'] = $this->click(['secret' => ''] + $query);
        $this->link();
        $pages['replaced'] = $this->click($query);
        $query = $this->link();
        $stored = (array) get_user_meta($this->boss->ID, UserMeta::SIGN_IN_LINK, true);
        update_user_meta($this->boss->ID, UserMeta::SIGN_IN_LINK, ['expires' => time() - 1] + $stored);
        $pages['old'] = $this->click($query);

        foreach ($pages as $why => $page) {
            self::assertSame(403, $page['status'], $why);
            self::assertSame([], preg_grep('/wordpress_logged_in/', $page['headers']), $why);
        }
    }

    public function test_other_plugins_hear_of_the_login(): void
    {
        $query = $this->link();
        $_GET = $query;
        $_POST = $query;
        $seen = [];
        add_filter('send_auth_cookies', '__return_false');
        add_action('wp_login', static function (string $login) use (&$seen): void {
            $seen[] = $login;
        });
        add_filter('wp_redirect', static fn(string $to) => throw new \RuntimeException($to));

        try {
            SignInLink::run();
        } catch (\RuntimeException $end) {
            self::assertSame(admin_url(), $end->getMessage());
        }

        self::assertSame(['boss'], $seen);
    }

    /**
     * @return array<string, string> The query of a new link.
     */
    private function link(): array
    {
        parse_str((string) wp_parse_url(SignInLink::create($this->boss), PHP_URL_QUERY), $query);

        return $query;
    }

    /**
     * @param array<string, string> $query
     *
     * @return array<string, mixed>
     */
    private function click(array $query): array
    {
        return Program::page('wp-login.php', ['action' => 'logto_link'], ['settings' => self::SETTINGS, 'post' => array_diff_key($query, ['action' => true])]);
    }
}
