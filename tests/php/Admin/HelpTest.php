<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Admin;

use LogtoSignIn\Tests\TestCase;

/**
 * What the help page explains.
 */
final class HelpTest extends TestCase
{
    public function test_the_help_page_explains_every_code(): void
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);
        $html = '';
        foreach (['', 'trouble', 'codes'] as $_GET['tab']) {
            $html .= self::printed(\LogtoSignIn\Admin\Help::render(...));
        }

        unset($_GET['tab']);
        foreach (\LogtoSignIn\Messages\Catalog::refusals() as $message) {
            self::assertStringContainsString("<tr id=\"code-{$message->code}\"><th scope=\"row\"><code>{$message->code}</code>", $html);
            self::assertStringContainsString(esc_html($message->message) . '</td><td>' . esc_html($message->advice), $html);
        }

        self::assertStringContainsString('LOGTO_SIGN_IN_FORM_LOGIN', $html);
        self::assertStringContainsString('Contact.User.Read', $html);
    }

    /**
     * Fault C27: Logto asked every new DingTalk visitor for a username, and nothing named the switch.
     */
    public function test_fault_c27_the_help_names_the_switch_for_usernames(): void
    {
        wp_set_current_user($this->user('boss', 'administrator')->ID);

        self::assertStringContainsString('Require users to provide missing sign-up identifier', self::printed(\LogtoSignIn\Admin\Help::render(...)));
    }
}
