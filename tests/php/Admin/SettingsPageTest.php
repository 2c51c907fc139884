<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Tests\TestCase;

/**
 * What the settings page prints about accounts, profiles and roles.
 */
final class SettingsPageTest extends TestCase
{
    public function test_what_holds_without_settings_is_what_is_shown(): void
    {
        $page = $this->page([]);
        foreach (['provisioning' => 'on', 'default_role' => '', 'role_map_mode' => 'first', 'username_strategy' => 'smart'] as $name => $value) {
            self::assertSame($value, self::chosen($page, "logto_sign_in[{$name}]"), $name);
        }

        foreach (['pending_approval' => false, 'require_verified_email' => false, 'link_by_email' => false, 'avatar' => false] as $name => $on) {
            self::assertSame($on, self::ticked($page, $name), $name);
        }

        foreach (['sync_display_name' => 'always', 'sync_email' => 'always', 'sync_locale' => 'first', 'sync_url' => 'first'] as $name => $value) {
            self::assertSame($value, self::chosen($page, "logto_sign_in[{$name}]"), $name);
        }
    }

    public function test_what_was_saved_is_shown(): void
    {
        $page = $this->page([
            'provisioning' => 'allow_list',
            'allow_email_domains' => "example.com\nexample.org",
            'link_by_email' => '1',
            'avatar' => true,
            'default_role' => 'author',
            'sync_email' => 'never',
            'sync_profile' => false,
            'username_strategy' => 'template',
            'username_template' => '{name}',
        ]);
        self::assertSame('allow_list', self::chosen($page, 'logto_sign_in[provisioning]'));
        self::assertSame("example.com\nexample.org", $page->query('//*[@name="logto_sign_in[allow_email_domains]"]')->item(0)?->textContent);
        self::assertSame([true, true], [self::ticked($page, 'link_by_email'), self::ticked($page, 'avatar')]);
        self::assertSame('author', self::chosen($page, 'logto_sign_in[default_role]'));
        // What version 0.1 stored in one box rules the fields that were not chosen since.
        self::assertSame(['never', 'first'], [self::chosen($page, 'logto_sign_in[sync_email]'), self::chosen($page, 'logto_sign_in[sync_nickname]')]);
        self::assertSame('{name}', self::value($page, 'logto_sign_in[username_template]'));
    }

    public function test_the_mapping_is_rows_with_an_empty_one_at_the_end(): void
    {
        $page = $this->page(['role_map' => "a = b = editor\norg:o1:x = author"]);
        $rows = [];
        foreach (range(0, 2) as $row) {
            $rows[] = [self::value($page, "logto_sign_in[role_map][{$row}][logto]"), self::chosen($page, "logto_sign_in[role_map][{$row}][wordpress]")];
        }

        self::assertSame([['a = b', 'editor'], ['org:o1:x', 'author'], ['', 'subscriber']], $rows);
        self::assertSame(0, $page->query('//*[@name="logto_sign_in[role_map][3][logto]"]')->length);
        foreach ($page->query('//fieldset[@data-logto-rows]//*[self::input or self::select]') as $control) {
            self::assertNotSame('', $control->getAttribute('aria-label'));
        }
    }

    public function test_a_role_that_is_gone_stays_chosen_and_says_so(): void
    {
        $page = $this->page(['role_map' => 'seller = shop_manager']);
        self::assertSame('shop_manager', self::chosen($page, 'logto_sign_in[role_map][0][wordpress]'));
        $words = $page->query('//option[@value="shop_manager"]')->item(0)?->textContent;
        self::assertStringContainsString('does not exist', (string) $words);
    }

    public function test_stored_texts_are_printed_escaped(): void
    {
        $evil = '"><script>alert(1)</script>';
        $page = $this->page(['role_map' => "{$evil} = {$evil}", 'allow_roles' => "</textarea>{$evil}", 'username_template' => $evil, 'site_map' => "</textarea>{$evil}"]);
        self::assertSame(0, $page->query('//script')->length);
        self::assertSame($evil, self::value($page, 'logto_sign_in[role_map][0][logto]'));
        self::assertSame($evil, self::value($page, 'logto_sign_in[username_template]'));
    }

    public function test_a_network_has_two_fields_more(): void
    {
        $page = $this->page(['site_map' => 'o1 = 2', 'join_site' => '0']);
        $count = is_multisite() ? 1 : 0;
        self::assertSame([$count, $count], [
            $page->query('//textarea[@name="logto_sign_in[site_map]"][text()="o1 = 2"]')->length,
            $page->query('//input[@type="checkbox"][@name="logto_sign_in[join_site]"][not(@checked)]')->length,
        ]);
    }

    /**
     * @param array<string, mixed> $settings
     */
    private function page(array $settings): \DOMXPath
    {
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $this->store($settings + self::SETTINGS);
        wp_set_current_user($this->admin()->ID);
        $document = new \DOMDocument();
        @$document->loadHTML('<?xml encoding="utf-8"?>' . self::tabs(SettingsPage::render(...)));

        return new \DOMXPath($document);
    }

    /**
     * What a browser would send of a select: the marked option, else the first.
     */
    private static function chosen(\DOMXPath $page, string $name): null|string
    {
        $options = $page->query("//select[@name='{$name}']/option[@selected]");
        $options = $options->length > 0 ? $options : $page->query("//select[@name='{$name}']/option");

        return $options->item(0)?->getAttribute('value');
    }

    private static function value(\DOMXPath $page, string $name): null|string
    {
        return $page->query("//input[@name='{$name}']")->item(0)?->getAttribute('value');
    }

    private static function ticked(\DOMXPath $page, string $name): bool
    {
        self::assertSame(1, $page->query("//input[@type='checkbox'][@name='logto_sign_in[{$name}]']")->length, $name);

        return $page->query("//input[@type='checkbox'][@name='logto_sign_in[{$name}]'][@checked]")->length === 1;
    }
}
