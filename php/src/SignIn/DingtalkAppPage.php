<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Plugin;

/**
 * The page inside the DingTalk app, in the look of WordPress's login page. Its script asks the app for a code and posts
 * it; without a script or an answer, the page has a link to the browser's way.
 */
final class DingtalkAppPage
{
    /** The script finds its data by this id. */
    private const ID = 'logto-dingtalk-app';

    public static function show(Outcome\DingtalkAppPage $page): void
    {
        Response::set_cookies($page->cookies);
        LoginStyle::enqueue();
        wp_enqueue_script(self::ID, Plugin::url('assets/dingtalk-app.js'), [], Plugin::VERSION, true);
        // Changing the language would begin once more.
        add_filter('login_display_language_dropdown', '__return_false');
        login_header(__('Signing in with DingTalk', 'logto-sign-in'), self::body($page));
        login_footer();
    }

    private static function body(Outcome\DingtalkAppPage $page): string
    {
        $data = '';
        foreach (['corp-id' => $page->corp_id, 'client-id' => $page->client_id, 'state' => $page->state] as $name => $value) {
            $data .= sprintf(' data-%s="%s"', $name, esc_attr($value));
        }

        foreach (['submit-to' => $page->submit_to, 'fallback' => $page->fallback] as $name => $url) {
            $data .= sprintf(' data-%s="%s"', $name, esc_url($url));
        }

        $html = '<div id="%1$s" class="logto-app" role="status"%2$s><p>%3$s</p></div><noscript><p class="logto-app">%4$s</p></noscript>'
            . '<div class="logto-actions"><a class="button button-large" href="%5$s">%6$s</a></div>';

        return sprintf(
            $html,
            esc_attr(self::ID),
            $data,
            esc_html__('DingTalk is signing you in …', 'logto-sign-in'),
            esc_html__('Without JavaScript, the DingTalk app cannot sign you in automatically. Please continue on DingTalk’s sign-in page.', 'logto-sign-in'),
            esc_url($page->fallback),
            esc_html__('Continue on DingTalk’s sign-in page', 'logto-sign-in'),
        );
    }
}
