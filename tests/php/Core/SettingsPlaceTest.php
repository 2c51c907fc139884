<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\SettingsPlace;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Tests\TestCase;

final class SettingsPlaceTest extends TestCase
{
    protected function tearDown(): void
    {
        delete_site_option(StoredOptions::NETWORK_OPTION);
        parent::tearDown();
    }

    public function test_some_settings_change_and_the_others_stay(): void
    {
        $this->store(['role_map' => 'staff = editor', 'avatar' => true, 'form_buttons' => false] + self::SETTINGS);

        $problems = self::change(SettingsPlace::of_site(Manager::Network), ['landing_page' => '/account/', 'avatar' => 'no']);

        self::assertSame([], $problems);
        $stored = StoredOptions::own();
        self::assertSame(['/account/', false, false, 'staff = editor'], [$stored['landing_page'], $stored['avatar'], $stored['form_buttons'], $stored['role_map']]);
        self::assertEquals(self::SETTINGS, array_intersect_key($stored, self::SETTINGS));
    }

    public function test_each_bad_value_is_named_and_stays_as_it_was(): void
    {
        $this->store(['scope' => 'openid email', 'avatar' => true] + self::SETTINGS);

        $problems = self::change(SettingsPlace::of_site(Manager::Network), ['scope' => '名', 'avatar' => 'perhaps', 'landing_page' => '//evil.example', 'grant_days' => '7', 'colour' => 'red']);

        self::assertSame(['landing_page' => 'landing_page_invalid', 'scope' => 'scope_invalid', 'avatar' => 'choice_unknown', 'colour' => 'setting_unknown'], array_replace(['landing_page' => '', 'scope' => ''], $problems));
        $stored = StoredOptions::own();
        self::assertSame(['openid email', true, '', '7'], [$stored['scope'], $stored['avatar'], $stored['landing_page'], $stored['grant_days']]);
        self::assertArrayNotHasKey('colour', $stored);
    }

    public function test_a_site_without_settings_can_get_some(): void
    {
        $this->store(false);

        self::assertSame([], self::change(SettingsPlace::of_site(Manager::Site), ['default_role' => 'author']));

        self::assertSame('author', Settings::current()->text('default_role'));
        self::assertFalse(Settings::current()->is_configured());
        self::assertSame([], get_settings_errors());
    }

    /**
     * @group network
     */
    public function test_a_site_changes_nothing_of_its_network(): void
    {
        $this->store(self::SETTINGS);

        $problems = self::change(SettingsPlace::of_site(Manager::Site), ['endpoint' => 'https://own.example', 'default_role' => 'author']);

        self::assertSame(['endpoint' => 'setting_managed_by_network'], $problems);
        self::assertSame(['http://127.0.0.1:9', 'author'], [Settings::current()->text('endpoint'), Settings::current()->text('default_role')]);
    }

    /**
     * @group network
     */
    public function test_the_settings_of_the_network_are_changed_in_their_place(): void
    {
        $this->store(false);
        update_site_option(StoredOptions::NETWORK_OPTION, self::SETTINGS);
        $place = SettingsPlace::of_network();

        self::assertSame([], self::change($place, ['require_verified_email' => '1']));

        self::assertTrue(Settings::network()->flag('require_verified_email'));
        self::assertSame('a very secret secret', $place->stored()['app_secret'] ?? null);
        self::assertFalse(get_option(Settings::OPTION));
    }

    /**
     * The list that the browser's build of the core is held to, too.
     */
    public function test_each_bad_setting_has_its_code(): void
    {
        $this->store(false);
        $list = json_decode((string) file_get_contents(dirname(__DIR__, 2) . '/vectors/settings/bad.json'), true, 8, JSON_THROW_ON_ERROR);
        self::assertCount(80, $list);
        foreach ($list as ['setting' => $setting, 'value' => $value, 'code' => $code]) {
            self::assertSame([$setting => $code], self::change(SettingsPlace::of_site(Manager::Network), [$setting => $value]), $value);
        }
    }

    /**
     * @param array<string, mixed> $submitted
     *
     * @return array<string, string> Codes by setting.
     */
    private static function change(SettingsPlace $place, array $submitted): array
    {
        $outcome = $place->change($submitted);
        self::assertInstanceOf(Outcome\Settings::class, $outcome);

        return array_column($outcome->problems, 'code', 'field');
    }
}
