<?php

declare(strict_types=1);

namespace LogtoSignIn\Privacy;

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
        $picture = __('Your picture is loaded from the service that holds it. The operator of that service learns the IP address of everybody who sees your picture on this site.', 'logto-sign-in');

        return [
            __('When you sign in through our sign-in service or DingTalk, we receive from there an identifier that belongs to you and, as far as you have given them there, your name, e-mail address, phone number and picture. We keep them with your account to recognise you and to show who you are, until the account is deleted.', 'logto-sign-in'),
            __('While you sign in, a cookie whose name begins with “wordpress_logto” is kept in your browser for at most ten minutes. It is needed for the sign-in and for nothing else.', 'logto-sign-in'),
            ...(Settings::current()->flag('avatar') ? [$picture] : []),
            __('We keep the time of your last sign-in. You can remove ways to sign in on your profile page, and ask us for a copy or the removal of what we keep.', 'logto-sign-in'),
        ];
    }
}
