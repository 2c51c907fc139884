<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Accounts\UniqueNames;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Support\Request;

/**
 * Logto › Preview: what a person with certain claims would get at their first sign-in. Nothing is stored.
 */
final class Preview
{
    public const SLUG = 'logto-sign-in-preview';

    private const EXAMPLE = ['sub' => 'abc123', 'name' => '李四', 'email' => null, 'roles' => ['editor'], 'organizations' => []];

    public static function render(): void
    {
        if (!current_user_can('manage_options')) {
            return;
        }

        $asked = Request::posted('claims') !== '';
        $claims = $asked ? Request::posted('claims') : (string) wp_json_encode(self::EXAMPLE, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE);
        echo '<div class="wrap logto-page"><h1>' . esc_html__('Logto Sign-In Preview', 'logto-sign-in') . '</h1>';
        echo '<p>' . esc_html__('See what a person would get at their first sign-in. Paste the claims of an ID token as JSON. Nothing is saved, and no one is signed in.', 'logto-sign-in') . '</p>';
        if ($asked) {
            check_admin_referer(self::SLUG);
            self::result($claims);
        }

        printf('<form method="post" action="%s">', esc_url(admin_url('admin.php?page=' . self::SLUG)));
        wp_nonce_field(self::SLUG);
        printf(
            '<p><label for="logto-claims">%s</label></p><p><textarea id="logto-claims" class="code logto-claims" name="claims" rows="10" spellcheck="false">%s</textarea></p>',
            esc_html__('Profile data', 'logto-sign-in'),
            esc_textarea($claims),
        );
        submit_button(__('Show', 'logto-sign-in'));
        echo '</form></div>';
    }

    private static function result(string $claims): void
    {
        $read = json_decode($claims);
        if (!$read instanceof \stdClass) {
            self::notice('error', __('This is not a JSON object. A JSON object begins with { and ends with }.', 'logto-sign-in'));

            return;
        }

        $outcome = (new Client())->expect(Outcome\Preview::class, Operation::Preview, ['claims' => $read]);
        if ($outcome instanceof Outcome\Refused) {
            self::notice('error', Catalog::of($outcome->code)->message);

            return;
        }

        $outcome->refused === null
            ? self::notice('success', __('This person can sign in.', 'logto-sign-in'))
            /* translators: 1: sentence with the reason, 2: stable code of the reason. */
            : self::notice('warning', sprintf(__('This person would be refused: %1$s [%2$s] Otherwise, they would get this:', 'logto-sign-in'), Catalog::of($outcome->refused)->message, $outcome->refused));
        echo '<table class="widefat striped logto-table"><tbody>';
        foreach (self::rows($outcome) as [$label, $value]) {
            printf('<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html($label), esc_html($value === '' ? '–' : $value));
        }

        echo '</tbody></table>';
    }

    /**
     * @return list<array{string, string}>
     */
    private static function rows(Outcome\Preview $outcome): array
    {
        $yes = __('yes', 'logto-sign-in');
        $no = __('no', 'logto-sign-in');
        $names = wp_roles()->get_names();
        $roles = array_map(static fn(string $role): string => translate_user_role($names[$role] ?? $role), $outcome->roles);
        $rows = [
            [__('Username', 'logto-sign-in'), (string) UniqueNames::login($outcome->logins)],
            [__('Display name', 'logto-sign-in'), (string) $outcome->profile->display_name],
            [__('Email address', 'logto-sign-in'), $outcome->email],
            [__('Phone number', 'logto-sign-in'), (string) $outcome->profile->phone],
            [__('Language', 'logto-sign-in'), (string) $outcome->profile->locale],
            [__('Roles', 'logto-sign-in'), implode(', ', $roles)],
            [__('Pending approval', 'logto-sign-in'), $outcome->pending ? $yes : $no],
            [__('Can connect an account by email', 'logto-sign-in'), $outcome->links_by_email ? $yes : $no],
        ];
        if (is_multisite()) {
            $rows[] = [__('Sites', 'logto-sign-in'), implode(', ', $outcome->sites)];
        }

        return $rows;
    }

    private static function notice(string $kind, string $message): void
    {
        printf('<div class="notice notice-%s inline" role="status"><p>%s</p></div>', esc_attr($kind), esc_html($message));
    }
}
