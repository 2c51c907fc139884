<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Core\RefusedInput;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * The settings in tabs: each saves what it shows, and nothing that was entered is lost.
 */
final class TabTest extends TestCase
{
    private \WP_User $admin;

    protected function setUp(): void
    {
        parent::setUp();
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store(['form_buttons' => false, 'role_map' => 'staff = editor', 'required_organizations' => 'o1', 'avatar' => true] + self::SETTINGS);
        $this->admin = $this->admin();
        wp_set_current_user($this->admin->ID);
    }

    protected function tearDown(): void
    {
        RefusedInput::forget();
        parent::tearDown();
    }

    public function test_every_setting_is_on_one_tab(): void
    {
        foreach (Tab::cases() as $tab) {
            preg_match_all('~ name="logto_sign_in\[(\w+)\]~', self::tabs(SettingsPage::render(...), [$tab]), $found);
            $settings = array_values(array_intersect(array_unique($found[1]), array_keys(Defaults::SECTIONS)));
            $of_tab = array_filter(array_keys(Defaults::SECTIONS), static fn(string $name): bool => Tab::of_setting($name) === $tab);
            $expected = is_multisite() ? $of_tab : array_diff($of_tab, ['site_map', 'join_site']);

            self::assertEqualsCanonicalizing($expected, $settings, $tab->value);
        }
    }

    /**
     * A form without a field for a setting emptied that setting.
     *
     * @dataProvider tabs_with_settings
     */
    public function test_saving_one_tab_leaves_the_others_alone(Tab $tab): void
    {
        $before = StoredOptions::own();
        $document = new \DOMDocument();
        @$document->loadHTML('<?xml encoding="utf-8"?>' . self::tabs(SettingsPage::render(...), [$tab]));

        self::save(self::sent($document));

        $after = StoredOptions::own();
        self::assertSame([], get_settings_errors());
        foreach ($before as $name => $value) {
            self::assertEquals($value, $after[$name] ?? null, (string) $name);
        }
    }

    /**
     * @return array<string, array{Tab}>
     */
    public static function tabs_with_settings(): array
    {
        return array_combine(array_column(Tab::cases(), 'value'), array_map(static fn(Tab $tab): array => [$tab], Tab::cases()));
    }

    public function test_a_box_that_was_unticked_is_off(): void
    {
        self::save(['partial' => '1', 'avatar' => '0']);

        self::assertSame([false, 'staff = editor'], [StoredOptions::own()['avatar'], StoredOptions::own()['role_map']]);
    }

    public function test_the_notice_links_to_the_field_and_says_what_was_saved(): void
    {
        self::save(['partial' => '1', 'scope' => '名', 'grant_days' => '7', 'extra_params' => 'state=x']);

        $html = self::tabs(SettingsPage::render(...), [Tab::Advanced]);
        self::assertStringContainsString('tab=advanced#logto-scope">Scopes</a>: The scopes contain', $html);
        self::assertStringContainsString('tab=advanced#logto-extra_params">', $html);
        self::assertStringContainsString('Everything else was saved.', $html);
        self::assertMatchesRegularExpression('~id="logto-scope"[^>]* value="名"[^>]* aria-invalid="true" aria-describedby="logto-scope-problem logto-scope-help"~', $html);
        self::assertSame('7', StoredOptions::own()['grant_days']);
    }

    /**
     * The rows of a mapping with one mistake were gone, all of them.
     */
    public function test_a_mapping_with_a_mistake_stays_in_its_rows(): void
    {
        self::save(['partial' => '1', 'role_map' => [['logto' => 'staff', 'wordpress' => 'author'], ['logto' => 'boss', 'wordpress' => 'king'], ['logto' => '', 'wordpress' => 'subscriber']]]);

        $html = self::tabs(SettingsPage::render(...), [Tab::Roles]);
        self::assertSame('staff = editor', StoredOptions::own()['role_map']);
        self::assertStringContainsString('name="logto_sign_in[role_map][1][logto]" value="boss"', $html);
        self::assertStringContainsString('#logto-role_map">', $html);
        self::assertStringContainsString('id="logto-role_map-problem"', $html);
    }

    /**
     * What was entered while the core could not run was gone.
     */
    public function test_what_nobody_could_judge_stays_in_its_fields(): void
    {
        RefusedInput::keep_all(['scope' => 'email', 'app_secret' => 'entered', 'partial' => '1'], 'transport_unavailable');

        self::assertSame('email', RefusedInput::of('scope')['text'] ?? null);
        self::assertSame([null, null], [RefusedInput::of('app_secret'), RefusedInput::of('partial')]);
    }

    public function test_a_constant_locks_its_field_and_saving_leaves_the_setting_alone(): void
    {
        $page = Program::page('wp-admin/admin.php', ['page' => SettingsPage::SLUG, 'tab' => 'access'], [
            'user' => $this->admin->ID,
            'cookie' => self::admin_cookie($this->admin),
            'constants' => ['LOGTO_SIGN_IN_FORM_LOGIN' => true],
            'settings' => ['form_login' => false] + self::SETTINGS,
        ]);

        self::assertMatchesRegularExpression('~<label for="logto-form_login"><input [^>]*checked=\'checked\' disabled=\'disabled\'>~', $page['body']);
        self::assertStringContainsString('<code>LOGTO_SIGN_IN_FORM_LOGIN</code>', $page['body']);
        self::assertStringNotContainsString('type="hidden" name="logto_sign_in[form_login]"', $page['body']);
    }

    /**
     * Only the tab “Advanced” has the box, and WordPress saves every option of the form.
     *
     * @group single
     */
    public function test_the_box_for_deletion_stays_as_it_is_on_the_other_tabs(): void
    {
        if (is_multisite()) {
            self::assertSame([Tab::Login, Tab::Access, Tab::Accounts, Tab::Roles, Tab::Advanced], Tab::of_manager(Manager::Site));

            return;
        }

        SettingsPage::register();
        update_option(Settings::DELETE_IDENTITIES_OPTION, '1');
        update_option(Settings::DELETE_IDENTITIES_OPTION, null);
        self::assertSame('1', get_option(Settings::DELETE_IDENTITIES_OPTION));
        update_option(Settings::DELETE_IDENTITIES_OPTION, '0');
        self::assertSame('0', get_option(Settings::DELETE_IDENTITIES_OPTION));
        delete_option(Settings::DELETE_IDENTITIES_OPTION);
    }

    /**
     * What a browser sends of the form.
     *
     * @return array<string, mixed>
     */
    private static function sent(\DOMDocument $document): array
    {
        $pairs = [];
        foreach ((new \DOMXPath($document))->query('//form//*[starts-with(@name, "logto_sign_in[")][not(@disabled)]') as $control) {
            if ($control->getAttribute('type') === 'checkbox' && !$control->hasAttribute('checked')) {
                continue;
            }

            $options = $control->nodeName === 'select' ? (new \DOMXPath($document))->query('option', $control) : [];
            $value = $control->nodeName === 'textarea' ? $control->textContent : $control->getAttribute('value');
            foreach ($options as $number => $option) {
                $value = $number === 0 || $option->hasAttribute('selected') ? $option->getAttribute('value') : $value;
            }

            $pairs[] = rawurlencode($control->getAttribute('name')) . '=' . rawurlencode($value);
        }

        parse_str(implode('&', $pairs), $form);

        return $form['logto_sign_in'];
    }
}
