<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Sanitizer;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;

/**
 * The rows of the role mapping, from the form to the stored lines.
 */
final class RoleMapRowsTest extends SubmittedFormTestCase
{
    public function test_rows_of_the_mapping_become_lines_and_stay_so(): void
    {
        // Saved once, and the same when sanitised again.
        $this->store(false);
        $rows = [
            0 => ['logto' => ' site staff ', 'wordpress' => 'editor'],
            2 => ['logto' => 'org:o1:member', 'wordpress' => 'author'],
            5 => ['logto' => '', 'wordpress' => 'administrator'],
        ];
        self::save(['role_map' => $rows, 'role_map_mode' => 'all', 'default_role' => 'contributor'] + self::SUBMITTED);
        $stored = StoredOptions::own();
        self::assertSame([], get_settings_errors());
        self::assertSame("site staff = editor\norg:o1:member = author", $stored['role_map']);
        self::assertSame(['all', 'contributor'], [$stored['role_map_mode'], $stored['default_role']]);
        self::assertEquals($stored, Sanitizer::clean($stored, new Settings(StoredOptions::own()), Manager::Network));
    }

    public function test_a_row_that_names_no_role_changes_nothing(): void
    {
        // A mistyped role.
        $this->store(['role_map' => 'staff = editor'] + self::SETTINGS);
        foreach ([['logto' => 'boss', 'wordpress' => 'king'], ['logto' => 'boss', 'wordpress' => ''], ['logto' => 'org:o1', 'wordpress' => 'editor']] as $row) {
            $GLOBALS['wp_settings_errors'] = [];
            self::save(['role_map' => [$row]] + self::SUBMITTED);
            self::assertSame(['logto_role_map'], array_column(get_settings_errors(), 'code'), implode('=', $row));
            self::assertSame('staff = editor', StoredOptions::own()['role_map']);
        }
    }

    public function test_a_row_whose_plugin_is_off_is_kept(): void
    {
        $this->store(['role_map' => 'seller = shop_manager'] + self::SETTINGS);
        self::save(['role_map' => [['logto' => 'seller', 'wordpress' => 'shop_manager']]] + self::SUBMITTED);
        self::assertSame([[], 'seller = shop_manager'], [get_settings_errors(), StoredOptions::own()['role_map']]);
    }
}
