<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Admin\SettingsPage;
use LogtoSignIn\Admin\Tab;
use LogtoSignIn\Tests\Core\SubmittedFormTestCase;

/**
 * The form of the settings page: it has every field, each with its label, and never a secret.
 */
final class SettingsFormTest extends SubmittedFormTestCase
{
    public function test_the_page_never_prints_the_secret(): void
    {
        // CVE-2022-3119
        $this->store(['dingtalk_client_id' => 'client id', 'dingtalk_client_secret' => 'a very secret DingTalk secret'] + self::SETTINGS);
        wp_set_current_user($this->admin()->ID);
        require_once ABSPATH . 'wp-admin/includes/admin.php';
        $html = self::tabs(SettingsPage::render(...));

        self::assertStringNotContainsString('a very secret', $html);
        self::assertStringContainsString('value="http://127.0.0.1:9"', $html);
        self::assertStringContainsString(esc_attr(\LogtoSignIn\Settings\Site::redirect_uri()), $html);
        self::assertStringContainsString(esc_attr(\LogtoSignIn\Settings\Site::dingtalk_redirect_uri()), $html);
        self::assertStringContainsString('Development Configuration › Security Settings', $html);
        self::assertStringContainsString('name="_wpnonce"', $html);
        foreach (array_keys(self::SUBMITTED) as $field) {
            self::assertStringContainsString("name=\"logto_sign_in[{$field}]" . ($field === 'role_map' ? '[0][logto]"' : '"'), $html);
        }

        foreach (Tab::cases() as $tab) {
            self::assertEveryControlIsLabelled(self::tabs(SettingsPage::render(...), [$tab]));
        }

        wp_set_current_user($this->user('reader')->ID);
        ob_start();
        SettingsPage::render();
        self::assertSame('', ob_get_clean());
    }

    private static function assertEveryControlIsLabelled(string $html): void
    {
        $document = new \DOMDocument();
        @$document->loadHTML('<?xml encoding="utf-8"?>' . $html);
        $path = new \DOMXPath($document);
        foreach ($path->query('//input[not(@type="hidden") and not(@type="submit")] | //select | //textarea') as $control) {
            $id = $control->getAttribute('id');
            $named = $control->getAttribute('aria-label') !== '';
            self::assertSame($named ? 0 : 1, $path->query("//label[@for='{$id}']")->length, $id);
            $described = $control->getAttribute('aria-describedby');
            if ($described !== '') {
                self::assertSame(1, $path->query("//*[@id='{$described}']")->length, $described);
            }
        }
    }
}
