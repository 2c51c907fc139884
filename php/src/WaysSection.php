<?php

declare(strict_types=1);

namespace LogtoSignIn;

/**
 * "Ways to sign in" on one's own profile page.
 */
final class WaysSection
{
    private const FORM = 'logto-ways-form';

    /**
     * WordPress's own form surrounds the section. Ours stands at the end of the page, and the controls name it.
     */
    public static function show(\WP_User $user): void
    {
        $rows = UserIdentities::of_user($user->ID);
        $settings = Settings::current();
        if ($user->ID !== get_current_user_id() || $rows === [] && !$settings->is_configured()) {
            return;
        }

        add_action('admin_footer', [self::class, 'form']);
        echo '<h2 id="logto-ways">' . esc_html__('Ways to sign in', 'logto-sign-in') . '</h2>';
        self::notice(Request::query('logto_ways'));
        // Enter in the password field presses the form's first button, which would be a removal.
        printf('<button type="submit" form="%s" disabled hidden></button>', esc_attr(self::FORM));
        self::table($rows);
        self::proof(Proof::has_password($user));
        echo '<p>';
        foreach (array_keys(array_filter([Settings::LOGTO => $settings->has_logto(), Settings::DINGTALK => $settings->has_dingtalk()])) as $connector) {
            $label = $connector === Settings::DINGTALK ? __('Add DingTalk', 'logto-sign-in') : __('Add Logto', 'logto-sign-in');
            self::button('logto_add', $connector, $label, $label);
        }

        echo '</p>';
    }

    public static function form(): void
    {
        printf('<form id="%s" action="%s" method="post">', esc_attr(self::FORM), esc_url(admin_url('admin-post.php')));
        printf('<input type="hidden" name="action" value="%s">', esc_attr(Ways::ACTION));
        printf('<input type="hidden" name="_wpnonce" value="%s"></form>', esc_attr(wp_create_nonce(Ways::ACTION)));
    }

    private static function notice(string $code): void
    {
        $words = match ($code) {
            '' => '',
            'linked' => __('You have one more way to sign in.', 'logto-sign-in'),
            'removed' => __('This way to sign in was removed.', 'logto-sign-in'),
            'not_removed' => __('The last way to sign in cannot be removed.', 'logto-sign-in'),
            'proof_missing' => __('Nothing was changed: the password is wrong, or you signed in too long ago.', 'logto-sign-in'),
            default => Messages::text($code),
        };
        if ($words !== '') {
            $type = in_array($code, ['linked', 'removed'], true) ? 'success' : 'error';
            printf('<div class="notice notice-%s inline" role="status"><p>%s</p></div>', esc_attr($type), esc_html($words));
        }
    }

    /**
     * @param list<array<array-key, mixed>> $rows
     */
    private static function table(array $rows): void
    {
        if ($rows === []) {
            echo '<p>' . esc_html__('So far, only the password of this site.', 'logto-sign-in') . '</p>';

            return;
        }

        // On a phone the table scrolls, not the page; the buttons in it take the keyboard there.
        echo '<div style="max-width: 60em; overflow-x: auto"><table class="widefat striped"><thead><tr>';
        foreach ([__('Way', 'logto-sign-in'), __('Subject', 'logto-sign-in'), __('Since', 'logto-sign-in'), __('Remove', 'logto-sign-in')] as $heading) {
            printf('<th scope="col">%s</th>', esc_html($heading));
        }

        echo '</tr></thead><tbody>';
        foreach ($rows as $row) {
            $subject = mb_strimwidth(Fields::text($row, 'subject'), 0, 12, '…', 'UTF-8');
            $name = self::name(Fields::text($row, 'issuer'));
            $since = mysql2date(Fields::text([get_option('date_format')], '0', 'Y-m-d'), get_date_from_gmt(Fields::text($row, 'created')));
            printf('<tr><th scope="row">%s</th><td><code>%s</code></td><td>%s</td><td>', esc_html($name), esc_html($subject), esc_html((string) $since));
            /* translators: 1: Logto or DingTalk, 2: beginning of a subject. */
            $accessible = sprintf(__('Remove %1$s, %2$s', 'logto-sign-in'), $name, $subject);
            self::button('logto_remove', Fields::text($row, 'id'), __('Remove', 'logto-sign-in'), $accessible);
            echo '</td></tr>';
        }

        echo '</tbody></table></div>';
    }

    private static function name(string $issuer): string
    {
        $host = wp_parse_url($issuer, PHP_URL_HOST);

        return $host === 'login.dingtalk.com' ? __('DingTalk', 'logto-sign-in') : sprintf('Logto (%s)', is_string($host) ? $host : $issuer);
    }

    private static function proof(bool $password): void
    {
        if (!$password) {
            echo '<p>' . esc_html__('To add or remove one, you must have signed in within the last five minutes. If it is longer ago, sign out and in again first.', 'logto-sign-in') . '</p>';

            return;
        }

        printf(
            '<p><label for="logto-password">%s</label><br><input id="logto-password" form="%s" name="logto_password" type="password" class="regular-text" autocomplete="current-password"></p>',
            esc_html__('To add or remove one, enter your password of this site:', 'logto-sign-in'),
            esc_attr(self::FORM),
        );
    }

    private static function button(string $name, string $value, string $label, string $accessible): void
    {
        printf(
            '<button type="submit" form="%s" class="button" name="%s" value="%s" aria-label="%s">%s</button> ',
            esc_attr(self::FORM),
            esc_attr($name),
            esc_attr($value),
            esc_attr($accessible),
            esc_html($label),
        );
    }
}
