<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Transport\Transports;

/**
 * Logto › Help: how to set it up, and what to do when something does not work.
 */
final class Help
{
    public const SLUG = Catalog::HELP_PAGE;

    public static function render(): void
    {
        if (!current_user_can('manage_options')) {
            return;
        }

        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In: help', 'logto-sign-in') . '</h1>';
        self::steps(__('Set it up', 'logto-sign-in'), self::set_up());
        self::steps(__('Let visitors sign in with DingTalk', 'logto-sign-in'), self::dingtalk());
        self::items(__('When nobody can sign in', 'logto-sign-in'), self::troubles());
        self::transports();
        self::codes();
        echo '</div>';
    }

    /**
     * @return list<string>
     */
    private static function set_up(): array
    {
        return [
            __('In the Logto Console, go to Applications and create an application of the type “Traditional web”.', 'logto-sign-in'),
            __('Under “Redirect URIs” and “Post sign-out redirect URIs”, enter the two addresses that Logto › Settings shows here.', 'logto-sign-in'),
            __('Copy the endpoint, the App ID and the App secret from there into Logto › Settings, and save.', 'logto-sign-in'),
            __('Press “Check connection”.', 'logto-sign-in'),
            __('Open the sign-in address in a private window and sign in. An account is made at the first sign-in; its role is the one for new users in Settings › General.', 'logto-sign-in'),
        ];
    }

    /**
     * @return list<string>
     */
    private static function dingtalk(): array
    {
        return [
            __('In the DingTalk Open Platform, go to Application Development › Internal Enterprise Application and create an application.', 'logto-sign-in'),
            __('In the Logto Console, go to Connectors › Social connectors and add DingTalk. It shows a callback URI.', 'logto-sign-in'),
            __('In DingTalk, go to Development Configuration › Security Settings and enter that callback URI as redirect URL.', 'logto-sign-in'),
            __('Under Basic Information › Credentials, copy the client ID and the client secret into the connector.', 'logto-sign-in'),
            __('Under Permission Management, ask for Contact.User.Read and Contact.User.mobile.', 'logto-sign-in'),
            __('Under Application Release › Version Management and Release, release the first version. Without it, DingTalk refuses every sign-in.', 'logto-sign-in'),
            __('In the Logto Console, go to Sign-in & account › Sign-up and sign-in and add DingTalk to the social sign-in.', 'logto-sign-in'),
            __('On the same page, turn off “Require users to provide missing sign-up identifier”. Otherwise Logto makes each new DingTalk visitor invent a username.', 'logto-sign-in'),
            __('To lead visitors straight to DingTalk, add direct_sign_in=social:dingtalk to the extra parameters.', 'logto-sign-in'),
            __('For a button that leads straight to DingTalk, on the login page or on pages of your own, name social:dingtalk under “Sign-in buttons” in Logto › Settings.', 'logto-sign-in'),
        ];
    }

    /**
     * @return list<string>
     */
    private static function troubles(): array
    {
        return [
            __('The login form of WordPress stands at wp-login.php?form=1.', 'logto-sign-in'),
            __('If form login is switched off and Logto cannot be reached, add this line to wp-config.php: define(\'LOGTO_SIGN_IN_FORM_LOGIN\', true);', 'logto-sign-in'),
            __('While the plugin is not set up, or cannot run on this server, the form works in any case.', 'logto-sign-in'),
            __('If a web application firewall answers 403 on the way back from Logto, exclude the parameter iss for wp-login.php. In the OWASP Core Rule Set, rule 931130 blocks addresses in parameters, and rule 942440 blocks SQL comments.', 'logto-sign-in'),
            __('Every refusal leaves a line in the error log of PHP. It begins with “Logto Sign-In” and has one of the codes below.', 'logto-sign-in'),
        ];
    }

    private static function transports(): void
    {
        echo '<h2>' . esc_html__('How the plugin reaches its core', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('The first way that works is taken. The constant LOGTO_SIGN_IN_TRANSPORT in wp-config.php names another one: ffi, socket, process or php.', 'logto-sign-in') . '</p>';
        echo '<table class="widefat striped logto-table"><thead><tr>';
        printf('<th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>', esc_html__('Way', 'logto-sign-in'), esc_html__('On this server', 'logto-sign-in'));
        foreach (Transports::examine() as $name => $obstacle) {
            printf('<tr><th scope="row">%s <code>%s</code></th><td>%s</td></tr>', esc_html(TransportLabels::name($name)), esc_html($name), esc_html(TransportLabels::obstacle($obstacle)));
        }

        echo '</tbody></table>';
    }

    private static function codes(): void
    {
        echo '<h2>' . esc_html__('Codes', 'logto-sign-in') . '</h2><table class="widefat striped logto-table"><thead><tr>';
        foreach ([__('Code', 'logto-sign-in'), __('What happened', 'logto-sign-in'), __('What to do', 'logto-sign-in')] as $heading) {
            printf('<th scope="col">%s</th>', esc_html($heading));
        }

        echo '</tr></thead><tbody>';
        foreach (Catalog::refusals() as $message) {
            printf(
                '<tr id="%s"><th scope="row"><code>%s</code></th><td>%s</td><td>%s</td></tr>',
                esc_attr($message->anchor()),
                esc_html($message->code),
                esc_html($message->message),
                esc_html($message->advice),
            );
        }

        echo '</tbody></table>';
    }

    /**
     * @param list<string> $steps
     */
    private static function steps(string $title, array $steps): void
    {
        printf('<h2>%s</h2><ol><li>%s</li></ol>', esc_html($title), implode('</li><li>', array_map('esc_html', $steps)));
    }

    /**
     * @param list<string> $items
     */
    private static function items(string $title, array $items): void
    {
        printf('<h2>%s</h2><ul class="ul-disc"><li>%s</li></ul>', esc_html($title), implode('</li><li>', array_map('esc_html', $items)));
    }
}
