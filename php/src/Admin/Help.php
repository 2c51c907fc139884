<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Request;
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

        $url = admin_url('admin.php?page=' . self::SLUG);
        $trouble = $url . '&tab=trouble';
        $codes = $url . '&tab=' . Catalog::HELP_TAB;
        $current = match (Request::query(Tab::PARAMETER)) {
            'trouble' => $trouble,
            Catalog::HELP_TAB => $codes,
            default => $url,
        };
        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In Help', 'logto-sign-in') . '</h1>';
        TabBar::print([$url => __('Set up', 'logto-sign-in'), $trouble => __('When nobody can sign in', 'logto-sign-in'), $codes => __('Codes', 'logto-sign-in')], $current);
        match ($current) {
            $trouble => self::trouble(),
            $codes => self::codes(),
            default => self::steps(),
        };
        echo '</div>';
    }

    private static function steps(): void
    {
        self::print_list('ol', __('Set it up', 'logto-sign-in'), self::set_up());
        self::print_list('ol', __('Let visitors sign in with DingTalk', 'logto-sign-in'), self::dingtalk());
    }

    private static function trouble(): void
    {
        self::print_list('ul', __('When nobody can sign in', 'logto-sign-in'), self::troubles());
        self::transports();
    }

    /**
     * @return list<string>
     */
    private static function set_up(): array
    {
        return [
            __('In the Logto Console, go to Applications and create an application of type “Traditional web”.', 'logto-sign-in'),
            __('Under “Redirect URIs” and “Post sign-out redirect URIs”, enter the two addresses that Logto › Settings shows here.', 'logto-sign-in'),
            __('Copy the endpoint, App ID, and App secret from there into Logto › Settings, then save.', 'logto-sign-in'),
            __('Click “Check connection”.', 'logto-sign-in'),
            __('Open the sign-in URL in a private window and sign in. The first sign-in creates an account with the new user role from Settings › General.', 'logto-sign-in'),
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
            __('In the DingTalk Open Platform, go to Development Configuration › Security Settings and enter that callback URI as the redirect URL.', 'logto-sign-in'),
            __('Under Basic Information › Credentials, copy the Client ID and Client Secret into the connector.', 'logto-sign-in'),
            __('Under Permission Management, request Contact.User.Read and Contact.User.mobile.', 'logto-sign-in'),
            __('Under Application Release › Version Management and Release, release the first version. Until you do, DingTalk refuses every sign-in.', 'logto-sign-in'),
            __('In the Logto Console, go to Sign-in & account › Sign-up and sign-in and add DingTalk to the social sign-in.', 'logto-sign-in'),
            __('On the same page, turn off “Require users to provide missing sign-up identifier”. Otherwise Logto asks each new DingTalk visitor to choose a username.', 'logto-sign-in'),
            __('To lead visitors straight to DingTalk, add direct_sign_in=social:dingtalk to the extra parameters.', 'logto-sign-in'),
            __('For a button that leads straight to DingTalk, on the login page or your own pages, enter social:dingtalk under “Sign-in buttons” in Logto › Settings.', 'logto-sign-in'),
        ];
    }

    /**
     * @return list<string>
     */
    private static function troubles(): array
    {
        return [
            __('The WordPress login form is at wp-login.php?form=1.', 'logto-sign-in'),
            __('If password login is off and Logto cannot be reached, add this line to wp-config.php: define(\'LOGTO_SIGN_IN_FORM_LOGIN\', true);', 'logto-sign-in'),
            __('The form always works while the plugin is not set up or cannot run on this server.', 'logto-sign-in'),
            __('If a web application firewall answers 403 on the way back from Logto, exclude the parameter iss for wp-login.php. In the OWASP Core Rule Set, rule 931130 blocks addresses in parameters, and rule 942440 blocks SQL comments.', 'logto-sign-in'),
            __('Every refused sign-in adds a line to the PHP error log. It begins with “Logto Sign-In” and contains a code; the tab “Codes” says what to do about each.', 'logto-sign-in'),
        ];
    }

    private static function transports(): void
    {
        echo '<h2>' . esc_html__('How the plugin runs on this server', 'logto-sign-in') . '</h2>';
        echo '<p>' . esc_html__('The plugin uses the first one that works. To choose another one, set the constant LOGTO_SIGN_IN_TRANSPORT in wp-config.php to ffi, socket, process or php.', 'logto-sign-in') . '</p>';
        echo '<table class="widefat striped logto-table"><thead><tr>';
        printf('<th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>', esc_html__('Method', 'logto-sign-in'), esc_html__('On this server', 'logto-sign-in'));
        foreach (Transports::examine() as $name => $obstacle) {
            printf('<tr><th scope="row">%s <code>%s</code></th><td>%s</td></tr>', esc_html(TransportLabels::name($name)), esc_html($name), esc_html(TransportLabels::obstacle($obstacle)));
        }

        echo '</tbody></table>';
    }

    private static function codes(): void
    {
        echo '<h2>' . esc_html__('Codes', 'logto-sign-in') . '</h2><table class="widefat striped logto-table logto-codes logto-stacked"><thead><tr>';
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
     * @param 'ol'|'ul'    $element
     * @param list<string> $items
     */
    private static function print_list(string $element, string $title, array $items): void
    {
        printf('<h2>%1$s</h2><%2$s class="%3$s"><li>%4$s</li></%2$s>', esc_html($title), tag_escape($element), $element === 'ul' ? 'ul-disc' : '', implode('</li><li>', array_map('esc_html', $items)));
    }
}
