<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Import\StoredSettings;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\GuardedOption;

require_once __DIR__ . '/LogtoPluginSite.php';

/**
 * Undoing an import puts back what was there, and nothing that was changed since.
 */
final class UndoTest extends RunTestCase
{
    /**
     * Fault C26: a plugin that filters the settings made undoing say that somebody had changed them after the import.
     */
    public function test_fault_c26_a_plugin_that_filters_the_settings_has_changed_nothing(): void
    {
        $this->logto_plugin->users(1);
        $this->logto_plugin->write();
        add_filter('option_' . Settings::OPTION, static fn(mixed $stored): mixed => is_array($stored) ? ['scope' => 'profile ' . wp_rand()] + $stored : $stored);
        self::complete(Run::IMPORT);

        self::complete(Run::UNDO);

        self::assertTrue(Run::run()['restored']);
    }

    public function test_settings_that_were_changed_after_the_import_stay(): void
    {
        $this->thousand();
        self::complete(Run::IMPORT);
        self::save(['scope' => 'openid email'] + Settings::current()->stored);
        self::complete(Run::UNDO);
        self::assertSame([false, 0], [Run::run()['restored'], ImportedIdentities::count()]);
        self::assertSame('openid email', Settings::current()->text('scope'));
    }

    public function test_a_site_without_settings_has_none_again(): void
    {
        $this->store(false);
        self::complete(Run::IMPORT);
        self::assertTrue(Settings::current()->is_configured());
        self::complete(Run::UNDO);
        self::assertSame([false, false], [get_option(Settings::OPTION), GuardedOption::get(Settings::OPTION)]);
    }

    public function test_what_the_form_would_not_have_stored_is_put_back_as_it_was(): void
    {
        $odd = ['endpoint' => 'HTTP://not.clean.example/', 'unknown' => [1.5, null], 'app_secret' => "tab\t"];
        $this->store($odd);
        self::complete(Run::IMPORT);
        self::complete(Run::UNDO);
        $expected = array_replace($odd, ['app_secret' => '']);
        self::assertSame([$expected, $expected], [get_option(Settings::OPTION), GuardedOption::get(Settings::OPTION)]);
    }

    /**
     * Fault S8: the secrets that an import replaced stayed in its way back.
     */
    public function test_fault_s8_the_way_back_holds_no_secret(): void
    {
        $dingtalk = ['dingtalk_client_id' => 'client', 'dingtalk_client_secret' => 'a DingTalk secret'];
        $this->store(self::SETTINGS + $dingtalk);

        self::complete(Run::IMPORT);
        $kept = serialize(GuardedOption::get(StoredSettings::OPTION));
        $imported = Settings::current()->text('app_secret');
        self::complete(Run::UNDO);

        self::assertNotSame(serialize(false), $kept);
        foreach ([self::SETTINGS['app_secret'], $dingtalk['dingtalk_client_secret'], LogtoPluginSite::OPTIONS['appSecret']] as $secret) {
            self::assertStringNotContainsString($secret, $kept);
        }

        self::assertSame(LogtoPluginSite::OPTIONS['appSecret'], $imported);
        self::assertSame(array_replace(self::SETTINGS + $dingtalk, ['app_secret' => '']), GuardedOption::get(Settings::OPTION), 'the secret that the import left alone is still there');
    }
}
