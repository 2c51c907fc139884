<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Check;
use LogtoSignIn\Protocol\CheckResult;
use LogtoSignIn\Protocol\CheckSubject;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\JsonObject;
use LogtoSignIn\Protocol\Outcome\ConnectionChecked;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Refused;

/**
 * The result of a connection check as a table: what was asked, how it went, what that means, and what to do.
 */
final class CheckTable
{
    /**
     * @param string $json The outcome as it was stored. Another version may have stored it.
     */
    public static function print(string $json): void
    {
        $outcome = self::read($json);
        match (true) {
            $outcome instanceof ConnectionChecked => self::table($outcome->checks),
            $outcome instanceof Refused => self::refusal($outcome->code),
            default => null,
        };
    }

    /**
     * A stored outcome; null when no check of this version has it.
     */
    public static function read(string $json): null|ConnectionChecked|Refused
    {
        $stored = json_decode($json);
        try {
            $outcome = Outcome::read(new JsonObject($stored instanceof \stdClass ? $stored : new \stdClass(), 'check'));
        } catch (InvalidReply) {
            return null;
        }

        return $outcome instanceof ConnectionChecked || $outcome instanceof Refused ? $outcome : null;
    }

    public static function subject(CheckSubject $subject): string
    {
        return match ($subject) {
            CheckSubject::Metadata => __('Endpoint and issuer', 'logto-sign-in'),
            CheckSubject::Clock => __('Server clock', 'logto-sign-in'),
            CheckSubject::Pkce => 'PKCE',
            CheckSubject::Keys => __('Signing keys', 'logto-sign-in'),
            CheckSubject::Algorithms => __('Announced algorithms', 'logto-sign-in'),
            CheckSubject::Application => __('App ID, App secret and type', 'logto-sign-in'),
            CheckSubject::RedirectUri => __('Redirect URI', 'logto-sign-in'),
            CheckSubject::PostLogoutRedirectUri => __('Post sign-out redirect URI', 'logto-sign-in'),
            CheckSubject::Dingtalk => __('DingTalk', 'logto-sign-in'),
        };
    }

    /**
     * @param list<Check> $checks
     */
    private static function table(array $checks): void
    {
        echo '<table class="widefat striped logto-table logto-stacked" id="logto-check-result"><thead><tr>';
        foreach ([__('Checked', 'logto-sign-in'), __('Result', 'logto-sign-in'), __('What it means', 'logto-sign-in'), __('What to do', 'logto-sign-in')] as $heading) {
            printf('<th scope="col">%s</th>', esc_html($heading));
        }

        echo '</tr></thead><tbody>';
        array_map(self::row(...), $checks);
        echo '</tbody></table>';
    }

    private static function row(Check $check): void
    {
        $message = Catalog::of($check->code);
        printf(
            '<tr class="logto-check-%1$s"><th scope="row"><a href="%8$s">%2$s</a></th><td>%3$s</td><td>%4$s%5$s <code>%6$s</code></td><td>%7$s</td></tr>',
            esc_attr($check->result->value),
            esc_html(self::subject($check->subject)),
            esc_html(self::result($check->result)),
            esc_html($message->message),
            $check->found === '' ? '' : '<br>' . esc_html($check->found),
            esc_html($check->code),
            esc_html($check->result === CheckResult::Passed ? '' : $message->advice),
            esc_url(self::place($check->subject)),
        );
    }

    /**
     * Where the settings page has what was checked.
     */
    private static function place(CheckSubject $subject): string
    {
        return match ($subject) {
            CheckSubject::Clock => admin_url('site-health.php'),
            CheckSubject::Metadata, CheckSubject::Keys, CheckSubject::Algorithms => Tab::Connection->url() . '#logto-endpoint',
            CheckSubject::Pkce => Tab::Advanced->url() . '#logto-issuer',
            CheckSubject::Application => Tab::Connection->url() . '#logto-app_id',
            CheckSubject::RedirectUri => self::of_site() . '#logto-redirect-uri',
            CheckSubject::PostLogoutRedirectUri => self::of_site() . '#logto-post-sign-out',
            CheckSubject::Dingtalk => Tab::Dingtalk->url() . '#logto-dingtalk_client_id',
        };
    }

    /**
     * The page of a network has no addresses: each site has its own.
     */
    private static function of_site(): string
    {
        return add_query_arg(['page' => SettingsPage::SLUG, Tab::PARAMETER => Tab::Connection->value], admin_url('admin.php'));
    }

    private static function refusal(string $code): void
    {
        $message = Catalog::of($code);
        printf('<div class="notice notice-error inline"><p>%s %s <code>%s</code></p></div>', esc_html($message->message), esc_html($message->advice), esc_html($code));
    }

    private static function result(CheckResult $result): string
    {
        return match ($result) {
            CheckResult::Passed => __('Passed', 'logto-sign-in'),
            CheckResult::Failed => __('Failed', 'logto-sign-in'),
            CheckResult::Unknown => __('Not known', 'logto-sign-in'),
        };
    }
}
