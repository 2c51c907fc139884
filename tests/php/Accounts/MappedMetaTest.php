<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\MappedMeta;
use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Accounts\Profile;
use LogtoSignIn\Privacy\Exporter;
use LogtoSignIn\Protocol;
use LogtoSignIn\Tests\TestCase;

final class MappedMetaTest extends TestCase
{
    public function test_mapped_claims_are_written_and_removed(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, 'team', 'of another plugin');

        Profile::update($user, new Protocol\Profile(meta: ['department' => "O'Neil \\ <b>Sales</b>", 'team' => '']));
        self::assertSame(["O'Neil \\ Sales", ''], [get_user_meta($user->ID, 'department', true), get_user_meta($user->ID, 'team', true)]);

        Profile::update($user, new Protocol\Profile());
        self::assertSame("O'Neil \\ Sales", get_user_meta($user->ID, 'department', true), 'a claim that is not told changes nothing');

        Profile::update($user, new Protocol\Profile(meta: ['department' => '']));
        self::assertFalse(metadata_exists('user', $user->ID, 'department'));
    }

    public function test_a_new_user_has_them_from_the_beginning(): void
    {
        $seen = '';
        add_action('user_register', static function (int $user_id) use (&$seen): void {
            $seen = get_user_meta($user_id, 'department', true);
        });

        $user_id = (int) NewUser::create(self::create_user(['profile' => ['display_name' => 'Ann', 'meta' => ['department' => 'Sales', 'team' => '']]]))->user_id;

        self::assertSame('Sales', $seen);
        self::assertSame(['department' => 'Sales'], MappedMeta::of_user($user_id));
        self::assertFalse(metadata_exists('user', $user_id, 'team'));
    }

    public function test_what_another_plugin_protects_is_not_written(): void
    {
        $user = $this->user();
        add_filter('is_protected_meta', static fn(bool $protected, string $key): bool => $protected || $key === 'credits', 10, 2);

        MappedMeta::update($user->ID, ['credits' => '1000', '_hidden' => 'x', 'department' => 'Sales']);

        self::assertSame(['department' => 'Sales'], MappedMeta::of_user($user->ID));
        self::assertFalse(metadata_exists('user', $user->ID, 'credits') || metadata_exists('user', $user->ID, '_hidden'));
    }

    public function test_they_are_exported_and_erased(): void
    {
        $user = $this->user();
        update_user_meta($user->ID, 'of_another_plugin', 'stays');
        MappedMeta::update($user->ID, ['department' => 'Sales']);

        self::assertStringContainsString('{"name":"department","value":"Sales"}', (string) json_encode(Exporter::export($user->user_email)));
        self::assertTrue(Exporter::erase($user->user_email)['items_removed']);

        self::assertSame(['', 'stays'], [get_user_meta($user->ID, 'department', true), get_user_meta($user->ID, 'of_another_plugin', true)]);
        self::assertSame([], Exporter::export($user->user_email)['data']);
    }

    public function test_deleting_the_connections_removes_them(): void
    {
        [$one, $two] = [$this->user('one'), $this->user('two')];
        MappedMeta::update($one->ID, ['department' => 'Sales']);
        update_user_meta($two->ID, 'department', 'by hand');

        MappedMeta::erase_all();

        wp_cache_flush();
        self::assertSame(['', 'by hand'], [get_user_meta($one->ID, 'department', true), get_user_meta($two->ID, 'department', true)]);
    }
}
