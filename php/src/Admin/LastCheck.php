<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Check;
use LogtoSignIn\Protocol\CheckResult;
use LogtoSignIn\Protocol\CheckSubject;
use LogtoSignIn\Protocol\Outcome\ConnectionChecked;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;

/**
 * What the last connection check found, for Site Health: that page asks nobody, so that it opens at once. A result holds
 * only for the credentials and addresses that were checked.
 */
final class LastCheck
{
    public const OPTION = 'logto_sign_in_last_check';

    public static function note(ConnectionChecked|Refused $outcome, Settings $settings): void
    {
        update_option(self::OPTION, ['key' => self::key($settings), 'at' => time(), 'outcome' => wp_json_encode($outcome)], false);
    }

    /**
     * @return array<string, mixed>
     */
    public static function site_health(): array
    {
        $stored = Input::to_map(get_option(self::OPTION));
        $outcome = Input::string($stored, 'key') === self::key(Settings::current()) ? CheckTable::read(Input::string($stored, 'outcome')) : null;
        if ($outcome === null) {
            $message = __('The check finds mistakes such as a wrong secret or a missing redirect URI before your users do.', 'logto-sign-in');

            return self::result('recommended', __('The settings of Logto Sign-In have not been checked yet', 'logto-sign-in'), esc_html($message));
        }

        $failed = $outcome instanceof Refused ? [] : array_filter($outcome->checks, static fn(Check $check): bool => $check->result === CheckResult::Failed);
        $format = Input::to_string(get_option('date_format'), 'Y-m-d') . ' ' . Input::to_string(get_option('time_format'), 'H:i');
        /* translators: %s: date and time. */
        $when = esc_html(sprintf(__('Checked on %s.', 'logto-sign-in'), (string) wp_date($format, Input::int($stored, 'at'))));
        if ($failed === [] && $outcome instanceof ConnectionChecked) {
            return self::result('good', __('The last connection check of Logto Sign-In found no problem', 'logto-sign-in'), $when);
        }

        $lines = $outcome instanceof Refused ? [self::line('', $outcome->code)] : array_map(static fn(Check $check): string => self::line(CheckTable::subject($check->subject), $check->code), $failed);
        // Who signs out in the wrong place has signed in.
        $is_critical = array_filter($failed, static fn(Check $check): bool => $check->subject !== CheckSubject::PostLogoutRedirectUri) !== [] || $outcome instanceof Refused;

        return self::result($is_critical ? 'critical' : 'recommended', __('The last connection check of Logto Sign-In found a problem', 'logto-sign-in'), $when . '</p><ul>' . implode('', $lines) . '</ul><p>');
    }

    /**
     * @param string $description HTML.
     *
     * @return array<string, mixed>
     */
    private static function result(string $status, string $label, string $description): array
    {
        $link = sprintf('<p><a href="%s">%s</a></p>', esc_url(Tab::Connection->url() . '#check'), esc_html__('Check connection', 'logto-sign-in'));

        return ['actions' => $link] + SiteHealth::result('connection', $status, $label, $description);
    }

    private static function line(string $subject, string $code): string
    {
        $message = Catalog::of($code);

        return sprintf('<li>%s%s %s <code>%s</code></li>', $subject === '' ? '' : '<strong>' . esc_html($subject) . ':</strong> ', esc_html($message->message), esc_html($message->advice), esc_html($code));
    }

    private static function key(Settings $settings): string
    {
        $checked = array_map($settings->text(...), ['endpoint', 'app_id', 'app_secret', 'dingtalk_client_id', 'dingtalk_client_secret']);

        return wp_hash(implode("\n", [...$checked, Site::redirect_uri(), Site::post_logout_redirect_uri()]));
    }
}
