<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Accounts\UniqueNames;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Outcome\SignInTested;
use LogtoSignIn\Protocol\SignInDecision;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\LoginStyle;
use LogtoSignIn\Support\Plugin;

/**
 * The end of a test sign-in, in the look of the login page: what the provider said, what would have become of it, and what to
 * do next.
 */
final class Report
{
    public static function show(SignInTested $outcome): void
    {
        $rows = [__('Account', 'logto-sign-in') => self::decision($outcome), __('Roles', 'logto-sign-in') => self::roles($outcome)];
        $table = '';
        foreach (array_filter($rows) + $outcome->claims as $name => $value) {
            $table .= sprintf('<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html((string) $name), esc_html($value));
        }

        self::page(
            $outcome->proven ? __('The test sign-in worked', 'logto-sign-in') : __('The test sign-in would be refused', 'logto-sign-in'),
            ($outcome->refused === null ? '' : self::advice($outcome->refused)) . '<table class="logto-claims"><tbody>' . $table . '</tbody></table>',
            NextSteps::of($outcome),
            $outcome->proven,
        );
    }

    /**
     * @param list<string> $codes What went wrong.
     */
    public static function failed(array $codes): void
    {
        self::page(__('The test sign-in failed', 'logto-sign-in'), implode('', array_map(self::advice(...), $codes)), '', false);
    }

    /**
     * The credentials are not usable, and WordPress has the reasons.
     */
    public static function not_saved(): void
    {
        $messages = array_map(static fn(array $error): string => Input::string($error, 'message'), Input::to_maps(get_settings_errors()));
        self::page(__('The test sign-in failed', 'logto-sign-in'), '<p>' . implode('</p><p>', array_map('wp_kses_post', $messages)) . '</p>', '', false);
    }

    private static function page(string $title, string $body, string $actions, bool $worked): void
    {
        LoginStyle::enqueue();
        wp_enqueue_style('logto-sign-in-setup', Plugin::url('assets/setup.css'), ['logto-sign-in'], Plugin::VERSION);
        add_filter('login_display_language_dropdown', '__return_false');
        add_filter('login_body_class', static fn(array $classes): array => [...$classes, 'logto-report']);
        add_filter('login_site_html_link', '__return_empty_string');
        $box = sprintf('<div class="%s" role="%s"><h2>%s</h2>%s</div>', $worked ? 'logto-told' : 'logto-refused', $worked ? 'status' : 'alert', esc_html($title), $body);
        $back = sprintf('<p><a href="%s">%s</a></p>', esc_url(Page::url()), esc_html__('Back to the set-up page', 'logto-sign-in'));
        login_header($title, $box . '<div class="logto-actions">' . $actions . $back . '</div>');
        login_footer();
    }

    private static function advice(string $code): string
    {
        $message = Catalog::of($code);

        return sprintf('<p><strong>%s</strong></p><p>%s</p><p><code>%s</code></p>', esc_html($message->message), esc_html($message->advice), esc_html($code));
    }

    private static function decision(SignInTested $outcome): string
    {
        $user = $outcome->account === null ? false : get_userdata($outcome->account);
        $name = $user === false ? (string) UniqueNames::login($outcome->preview->logins) : $user->user_login;
        $message = match ($outcome->decision) {
            /* translators: %s: username. */
            SignInDecision::SignIn => __('Would be signed in as %s.', 'logto-sign-in'),
            /* translators: %s: username. */
            SignInDecision::Connect => __('Would be connected to %s, the account of the same person.', 'logto-sign-in'),
            /* translators: %s: username. */
            SignInDecision::Ask => __('The account %s has the same email address. Its owner would be asked to connect it.', 'logto-sign-in'),
            /* translators: %s: username. */
            SignInDecision::Create => $outcome->preview->pending ? __('Would get the new account %s, once you approve it.', 'logto-sign-in') : __('Would get the new account %s.', 'logto-sign-in'),
            SignInDecision::Refuse => __('Would get no account.', 'logto-sign-in'),
        };

        return sprintf($message, $name);
    }

    private static function roles(SignInTested $outcome): string
    {
        $names = wp_roles()->get_names();

        return $outcome->decision === SignInDecision::Refuse ? '' : implode(', ', array_map(static fn(string $role): string => translate_user_role($names[$role] ?? $role), $outcome->roles));
    }
}
