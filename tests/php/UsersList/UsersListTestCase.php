<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\UsersList;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * The list of users, as an administrator sees it.
 */
abstract class UsersListTestCase extends TestCase
{
    protected \WP_User $boss;

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        add_filter('pre_wp_mail', '__return_true', 999);
        $this->boss = $this->admin();
    }

    /**
     * @return array<string, int> Ids by login.
     */
    protected function people(): array
    {
        $people = array_map(fn(string $login): int => $this->user($login)->ID, ['both' => 'both', 'ding' => 'ding', 'plain' => 'plain']);
        Identities::link(self::identity(), $people['both']);
        Identities::link(DingtalkVisit::identity('one'), $people['both']);
        Identities::link(DingtalkVisit::identity('two'), $people['ding']);
        $waiting = ['logins' => ['waiting'], 'nicenames' => ['waiting'], 'profile' => [], 'email' => 'waiting@example.org', 'pending' => true, 'roles' => ['editor']];
        $people['waiting'] = NewUser::create(self::create_user($waiting + ['identity' => self::identity('waiting')]))->user_id;
        Removal::all($people['waiting']);

        return $people;
    }

    /**
     * @param array<string, mixed> $get
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    protected function list(array $get = [], null|\WP_User $user = null, string $page = 'wp-admin/users.php'): array
    {
        $user ??= $this->boss;
        $shown = Program::page($page, $get, ['settings' => self::SETTINGS, 'user' => $user->ID, 'cookie' => self::admin_cookie($user)]);
        $content = strstr($shown['body'], '<div id="wpbody-content">');
        $shown['body'] = $content === false ? $shown['body'] : (string) strstr($content, '<div id="wpfooter"', true);

        return $shown;
    }
}
