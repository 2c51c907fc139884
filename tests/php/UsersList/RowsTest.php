<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\UsersList;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\UsersList\Screen;

/**
 * The list of users, as an admin sees and uses it.
 */
final class RowsTest extends UsersListTestCase
{
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
