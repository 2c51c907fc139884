<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\UsersList;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Linking\AdminLink;
use LogtoSignIn\Tests\DingtalkVisit;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;
use LogtoSignIn\UsersList\Actions;
use LogtoSignIn\UsersList\Screen;

/**
 * The list of users, as an admin sees and uses it.
 */
final class RowsTest extends TestCase
{
    private \WP_User $boss;

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        add_filter('pre_wp_mail', '__return_true', 999);
        $this->boss = $this->admin();
    }

    public function test_a_column_tells_the_providers_with_one_query_for_the_page(): void
    {
        $this->people();
        // On a network, WordPress notes an admin's first page.
        $this->list();
        $few = $this->list();
        foreach (range(1, 6) as $number) {
            Identities::link(self::identity("more-{$number}"), $this->user("more-{$number}")->ID);
        }

        $many = $this->list();
        self::assertSame('Logto, DingTalk', self::cell($many, 'both'));
        self::assertSame('DingTalk', self::cell($many, 'ding'));
        self::assertSame('–No sign-in method', self::cell($many, 'plain'));
        self::assertSame('–No sign-in methodPending', self::cell($many, 'waiting'));
        self::assertSame('Logto', self::cell($many, 'more-6'));
        self::assertCount(1, preg_grep('/FROM \S*logto_identities/', $many['queries']));
        $of_meta = static fn(array $page): int => count(preg_grep('/FROM \S*usermeta/', $page['queries']));
        self::assertSame($of_meta($few), $of_meta($many), 'more users are not more queries');
    }

    /**
     * Fault C28: the list named nobody who has no first or last name.
     */
    public function test_fault_c28_the_list_names_everybody(): void
    {
        $names = ['only' => ['display_name' => '李四'], 'ordered' => ['display_name' => '王小明', 'first_name' => '小明', 'last_name' => '王'], 'chosen' => ['display_name' => 'Nick', 'first_name' => 'Ann', 'last_name' => 'Lee']];
        foreach ($names as $login => $fields) {
            wp_update_user(['ID' => $this->user($login)->ID] + $fields);
        }

        $page = $this->list();

        $shown = array_map(static fn(string $login): string => self::cell($page, $login, 'logto_name'), array_combine(array_keys($names), array_keys($names)));
        self::assertSame(['only' => '李四', 'ordered' => '王小明', 'chosen' => 'Ann Lee'], $shown);
        self::assertMatchesRegularExpression('~<th[^>]*id=.logto_name.[^>]*>Name<~', $page['body']);
    }

    public function test_the_list_is_narrowed_by_provider_and_by_pending(): void
    {
        $this->people();
        foreach ([
            'logto' => ['both'],
            'dingtalk' => ['both', 'ding'],
            'none' => ['plain', 'waiting'],
            'pending' => ['waiting'],
            "x' OR 1=1 --" => ['both', 'ding', 'plain', 'waiting'],
            '' => ['both', 'ding', 'plain', 'waiting'],
        ] as $with => $logins) {
            $page = $this->list(['logto_with' => $with]);
            $shown = self::logins($page);
            self::assertSame([], array_diff($logins, $shown), $with);
            $others = array_diff(['both', 'ding', 'plain', 'waiting'], $logins);
            self::assertSame([], array_intersect($others, $shown), $with);
        }
    }

    /**
     * Before, the choice was missing on small screens, where WordPress hides what is above a list.
     */
    public function test_the_choice_is_there_on_every_width(): void
    {
        $page = Program::page('wp-admin/users.php', [], ['settings' => self::SETTINGS, 'user' => $this->boss->ID, 'cookie' => self::admin_cookie($this->boss)]);

        self::assertStringContainsString('class="alignleft actions logto-with"', $page['body']);
        self::assertStringContainsString('@media (max-width: 782px) { .tablenav.top .actions.logto-with { display: block;', $page['body']);
    }

    public function test_who_waits_is_counted_and_only_while_somebody_does(): void
    {
        $page = $this->list();
        self::assertStringNotContainsString('logto_with=pending', $page['body']);
        $this->people();
        $page = $this->list(['logto_with' => 'pending']);
        self::assertMatchesRegularExpression('~logto_with=pending" class="current" aria-current="page">Pending approval <span class="count">\(1\)<~', $page['body']);
        self::assertSame(1, substr_count($page['body'], 'class="current" aria-current="page"'));
        self::assertMatchesRegularExpression('~<option value="pending"\s+selected~', $page['body']);
    }

    public function test_an_object_cache_does_not_answer_for_the_identities(): void
    {
        set_current_screen('users');
        $user = $this->user('cached');
        Identities::link(self::identity(), $user->ID);
        $_GET['logto_with'] = 'logto';
        Screen::load();
        $arguments = apply_filters('users_list_table_query_args', ['fields' => 'ID', 'search' => 'cached', 'search_columns' => ['user_login']]);
        self::assertSame([(string) $user->ID], array_map('strval', (new \WP_User_Query($arguments))->get_results()));
        Removal::all($user->ID);
        self::assertSame([], (new \WP_User_Query($arguments))->get_results());
        self::assertNotSame([], (new \WP_User_Query(['fields' => 'ID', 'search' => 'cached']))->get_results(), 'other queries are left alone');
        unset($GLOBALS['current_screen']);
    }

    public function test_a_row_offers_what_may_be_done(): void
    {
        $people = $this->people();
        $page = $this->list();
        self::assertMatchesRegularExpression("~users\\.php\\?logto_do=logto_unlink&#038;logto_users={$people['both']}\"~", $page['body']);
        self::assertMatchesRegularExpression("~users\\.php\\?logto_do=logto_approve&#038;logto_users={$people['waiting']}\"~", $page['body']);
        self::assertStringNotContainsString("logto_users={$people['plain']}\"", $page['body']);
        self::assertStringContainsString('<option value="logto_unlink">', $page['body']);
        self::assertStringContainsString('<option value="logto_approve">', $page['body']);
    }

    public function test_it_asks_first_and_explains_the_last_way_in(): void
    {
        $people = $this->people();
        $stranger = NewUser::create(self::create_user(['email' => 'user-1@logto.invalid', 'identity' => self::identity('stranger')]))->user_id;
        foreach ([
            ['logto_do' => 'logto_unlink', 'logto_users' => implode(',', [$people['ding'], $people['plain'], $stranger, $this->boss->ID])],
            ['action' => 'logto_unlink', 'users' => [(string) $people['ding'], (string) $people['plain'], (string) $stranger, (string) $this->boss->ID]],
        ] as $get) {
            $page = $this->list($get);
            self::assertStringContainsString('Disconnect all sign-in methods of these users', $page['body']);
            self::assertStringContainsString('<strong>ding</strong> (ding) – DingTalk.<', $page['body']);
            self::assertMatchesRegularExpression('~<strong>logto-visitor</strong> \(李四\) – Logto \(tests\.example\)\. No one knows this account’s password, and it has no email~', $page['body']);
            self::assertStringNotContainsString('<strong>plain</strong>', $page['body']);
            self::assertStringNotContainsString('<strong>boss</strong>', $page['body']);
            self::assertMatchesRegularExpression("~name=\"logto_users\" value=\"(?:{$people['ding']},{$stranger}|{$stranger},{$people['ding']})\"~", $page['body']);
        }

        self::assertCount(1, Identities::of_user($people['ding']), 'asking changes nothing');
        self::assertStringContainsString('These users need no change', $this->list(['logto_do' => 'logto_unlink', 'logto_users' => (string) $people['plain']])['body']);
    }

    public function test_an_approval_says_which_roles_it_gives(): void
    {
        $people = $this->people();
        $page = $this->list(['logto_do' => 'logto_approve', 'logto_users' => "{$people['waiting']},{$people['plain']}"]);
        self::assertStringContainsString('<strong>waiting</strong> (waiting) – Editor<', $page['body']);
        self::assertStringNotContainsString('<strong>plain</strong>', $page['body']);
    }

    public function test_what_was_confirmed_is_done(): void
    {
        $people = $this->people();
        $back = 'http://127.0.0.1/wp-admin/users.php?logto_with=dingtalk';
        $page = $this->confirmed('logto_unlink', "{$people['both']},{$people['ding']},{$this->boss->ID}", ['logto_back' => $back, 'logto_password' => 'right password']);
        self::assertSame($back . '&logto_did=logto_unlink&logto_done=2&logto_denied=1', Program::location($page), $page['body']);
        self::assertSame([], [...Identities::of_user($people['both']), ...Identities::of_user($people['ding'])]);

        $page = $this->confirmed('logto_approve', (string) $people['waiting'], ['logto_back' => 'https://evil.example/']);
        self::assertSame('http://127.0.0.1/wp-admin/users.php?logto_did=logto_approve&logto_done=1&logto_denied=0', Program::location($page));
        wp_cache_flush();
        self::assertFalse(UserMeta::is_pending($people['waiting']));
        self::assertSame(['editor'], (new \WP_User($people['waiting']))->roles);
    }

    public function test_a_nonce_a_post_and_the_capability_are_needed(): void
    {
        $people = $this->people();
        $editor = $this->user('an-editor', 'editor');
        wp_set_current_user($this->boss->ID);
        $right = ['action' => Actions::ACTION, 'logto_do' => 'logto_unlink', 'logto_users' => (string) $people['ding'], '_wpnonce' => wp_create_nonce(Actions::ACTION . 'logto_unlink')];
        wp_set_current_user($editor->ID);
        $of_editor = ['_wpnonce' => wp_create_nonce(Actions::ACTION . 'logto_unlink')] + $right;
        $other = ['user' => $this->boss->ID];
        foreach ([
            Program::page('wp-admin/admin-post.php', $right, $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => ['_wpnonce' => 'x'] + $right] + $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => ['logto_do' => 'logto_approve'] + $right] + $other),
            Program::page('wp-admin/admin-post.php', [], ['post' => $of_editor, 'user' => $editor->ID]),
            Program::page('wp-admin/admin-post.php', [], ['post' => $right, 'user' => 0]),
            $this->list(['action' => 'logto_unlink', 'users' => [(string) $people['ding']]], $editor),
        ] as $page) {
            self::assertStringNotContainsString('logto_did', Program::location($page));
            self::assertStringNotContainsString('Disconnect all sign-in methods', $page['body']);
        }

        self::assertCount(1, Identities::of_user($people['ding']));
    }

    /**
     * Fault S6: a session left open was enough to unlink sign-in methods in the list of users.
     */
    public function test_fault_s6_unlinking_in_the_list_asks_for_the_password(): void
    {
        $people = $this->people();
        self::assertStringContainsString('name="logto_password"', $this->list(['logto_do' => 'logto_unlink', 'logto_users' => (string) $people['ding']])['body']);
        foreach (['', 'wrong'] as $password) {
            $page = $this->confirmed('logto_unlink', (string) $people['ding'], ['logto_password' => $password]);
            self::assertStringContainsString('logto_did=proof_missing', Program::location($page), $page['body']);
        }

        self::assertCount(1, Identities::of_user($people['ding']));
        self::assertStringContainsString('Nothing was changed.', $this->list(['logto_did' => 'proof_missing'])['body']);
    }

    public function test_nobody_unlinks_many_whom_they_may_not_edit(): void
    {
        $people = $this->people();
        wp_set_current_user($this->user('an-editor', 'editor')->ID);
        self::assertSame(['done' => 0, 'denied' => 2], AdminLink::unlink_all([$people['both'], $people['ding']]));
        self::assertCount(2, Identities::of_user($people['both']));
    }

    public function test_a_notice_says_what_came_of_it(): void
    {
        $page = $this->list(['logto_did' => 'logto_unlink', 'logto_done' => '1200', 'logto_denied' => '3<script>']);
        self::assertStringContainsString('Users whose sign-in methods were disconnected: 1,200.', $page['body']);
        self::assertStringContainsString('because you are not allowed to edit them: 3.', $page['body']);
        self::assertStringNotContainsString('Users approved', $page['body']);
    }

    public function test_the_list_of_a_network_has_it_too(): void
    {
        $people = $this->people();
        if (is_multisite()) {
            $page = $this->list([], null, 'wp-admin/network/users.php');
            self::assertSame('Logto, DingTalk', self::cell($page, 'both'));
            self::assertStringContainsString('logto_with=dingtalk', $page['body']);
            self::assertStringContainsString("network/users.php?logto_do=logto_unlink&#038;logto_users={$people['both']}\"", $page['body']);
            self::assertCount(1, preg_grep('/FROM \S*logto_identities/', $page['queries']));
            self::assertSame(['both'], array_intersect(['both', 'ding', 'plain'], self::logins($this->list(['logto_with' => 'logto'], null, 'wp-admin/network/users.php'))));

            return;
        }

        set_current_screen('users-network');
        Screen::load();
        $_GET['logto_with'] = 'dingtalk';
        $views = apply_filters('views_users-network', ['all' => '<a href="users.php" class="current" aria-current="page">All</a>']);
        self::assertSame(['all', 'logto_logto', 'logto_dingtalk', 'logto_none', 'logto_pending'], array_keys($views));
        self::assertStringNotContainsString('current', $views['all']);
        self::assertStringContainsString('users.php?logto_with=dingtalk" class="current"', $views['logto_dingtalk']);
        self::assertArrayHasKey('logto_ways', apply_filters('wpmu_users_columns', []));
        wp_set_current_user($this->boss->ID);
        self::assertSame(['logto_unlink'], array_keys(apply_filters('bulk_actions-users-network', [])), 'roles are given on a site');
        unset($GLOBALS['current_screen']);
    }

    /**
     * @return array<string, int> Ids by login.
     */
    private function people(): array
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
    private function list(array $get = [], null|\WP_User $user = null, string $page = 'wp-admin/users.php'): array
    {
        $user ??= $this->boss;
        $shown = Program::page($page, $get, ['settings' => self::SETTINGS, 'user' => $user->ID, 'cookie' => self::admin_cookie($user)]);
        $content = strstr($shown['body'], '<div id="wpbody-content">');
        $shown['body'] = $content === false ? $shown['body'] : (string) strstr($content, '<div id="wpfooter"', true);

        return $shown;
    }

    /**
     * @param array<string, string> $post
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    private function confirmed(string $action, string $ids, array $post): array
    {
        $cookie = self::log_in($this->boss);
        $post += ['action' => Actions::ACTION, 'logto_do' => $action, 'logto_users' => $ids, '_wpnonce' => wp_create_nonce(Actions::ACTION . $action)];

        return Program::page('wp-admin/admin-post.php', [], ['user' => $this->boss->ID, 'post' => $post, 'cookie' => $cookie]);
    }

    /**
     * The text of a user's cell.
     *
     * @param array{body: string} $page
     */
    private static function cell(array $page, string $login, string $column = 'logto_ways'): string
    {
        $row = strstr($page['body'], ">{$login}</a>");
        self::assertIsString($row, $page['body']);
        preg_match('~<td class=\'' . $column . '.*?</td>~s', $row, $cell);

        return trim(wp_strip_all_tags($cell[0] ?? 'no cell'));
    }

    /**
     * @param array{body: string} $page
     *
     * @return list<string>
     */
    private static function logins(array $page): array
    {
        preg_match_all('~user-edit\.php[^>]*>([^<]+)</a>\s*</strong>~', $page['body'], $found);

        return $found[1];
    }
}
