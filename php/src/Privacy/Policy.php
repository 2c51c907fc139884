<?php

declare(strict_types=1);

namespace LogtoSignIn\Privacy;

use LogtoSignIn\Activity\Recorder;
use LogtoSignIn\Settings\Settings;

/**
 * What the site's privacy policy may say about signing in, for WordPress's guide to writing one.
 */
final class Policy
{
    public static function suggest(): void
    {
        $text = '';
        foreach (self::paragraphs() as $paragraph) {
            $text .= '<p>' . esc_html($paragraph) . '</p>';
        }

        wp_add_privacy_policy_content(__('Logto Sign-In', 'logto-sign-in'), wp_kses_post($text));
    }

    /**
     * @return list<string>
     */
    private static function paragraphs(): array
    {
        $days = Recorder::days();
        $activity = Settings::current()->flag('activity_ip')
            /* translators: %s: number of days. */
            ? _n('We record when you sign in and out, whether it worked, and your IP address, for %s day.', 'We record when you sign in and out, whether it worked, and your IP address, for %s days.', $days, 'logto-sign-in')
            /* translators: %s: number of days. */
            : _n('We record when you sign in and out, and whether it worked, for %s day.', 'We record when you sign in and out, and whether it worked, for %s days.', $days, 'logto-sign-in');
        $picture = __('Your picture is loaded from the service that stores it. That service’s operator learns the IP address of everyone who sees your picture on this site.', 'logto-sign-in');

        $silent = __('After you sign in, a cookie notes for thirty days that this browser signed in here, so that you can be signed in again without a click. Signing out removes it.', 'logto-sign-in');

        return [
            __('When you sign in through our sign-in service or DingTalk, we receive an identifier for you and, if you provided them there, your name, email address, phone number, and picture. We store them with your account to recognize you and to show who you are, until the account is deleted.', 'logto-sign-in'),
            __('While you sign in, your browser stores a cookie whose name begins with “wordpress_logto” for at most ten minutes. It is used only for the sign-in.', 'logto-sign-in'),
            ...(Settings::current()->flag('silent_sign_in') ? [$silent] : []),
            ...($days > 0 ? [sprintf($activity, number_format_i18n($days))] : []),
            ...(Settings::current()->flag('avatar') ? [$picture] : []),
            __('We store the time of your last sign-in. You can disconnect sign-in methods on your profile page, and ask us to send or delete the data that we store.', 'logto-sign-in'),
        ];
    }
}
