<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\UniqueNames;
use LogtoSignIn\Tests\TestCase;

/**
 * Names in every script.
 */
final class UniqueNamesTest extends TestCase
{
    private const NAMES = ['李四', 'Łukasz', 'Иван', 'li.si-1'];

    public function test_wordpress_takes_latin_letters_alone(): void
    {
        self::assertSame('li.si-1', UniqueNames::login(self::NAMES));
        self::assertNull(UniqueNames::login(['李四', 'Łukasz', '', '<b>', 'a  b ']));
    }

    public function test_a_network_has_the_same_names_in_lower_case(): void
    {
        self::assertSame(is_multisite() ? 'li si' : 'Li Si', UniqueNames::login(['李四', 'Li Si', 'user-1']));
    }

    public function test_where_a_plugin_allows_every_script_the_original_is_kept(): void
    {
        add_filter('sanitize_user', static fn(string $clean, string $raw): string => trim(strip_tags($raw)), 10, 2);
        self::assertSame('李四', UniqueNames::login(self::NAMES));
        $created = NewUser::create(self::create_user(['logins' => ['李四', 'li-si'], 'nicenames' => ['li-si']]));
        $user = new \WP_User($created->user_id);
        self::assertSame(['李四', 'li-si'], [$user->user_login, $user->user_nicename]);
        self::assertSame('Иван', UniqueNames::login(['李四', 'Иван']), 'the first one is taken now');
    }

    public function test_what_is_left_of_a_name_is_nobodys_name(): void
    {
        $this->user('admin2');
        self::assertNull(UniqueNames::login(['admin2', '李admin2', 'admin2四', 'admin2<x>']));
    }

    public function test_a_forbidden_or_overlong_name_is_passed_over(): void
    {
        add_filter('illegal_user_logins', static fn(): array => ['Root', 7]);
        self::assertSame('rooted', UniqueNames::login(['root', 'ROOT', str_repeat('x', 61), 'rooted']));
        self::assertSame(str_repeat('x', 60), UniqueNames::login([str_repeat('x', 60)]));
    }

    public function test_an_author_address_is_free_short_and_never_empty(): void
    {
        wp_update_user(['ID' => $this->user()->ID, 'user_nicename' => 'taken']);
        self::assertSame('free', UniqueNames::nicename(['', '…', 'taken', 'Free']));
        self::assertSame(50, strlen((string) UniqueNames::nicename([str_repeat('long', 20)])));
        self::assertNull(UniqueNames::nicename(['taken']));
    }
}
