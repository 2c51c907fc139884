<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Accounts\UniqueNames;
use LogtoSignIn\Linking\Reauthentication;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Outcome\SignInTested;
use LogtoSignIn\Protocol\SignInDecision;
use LogtoSignIn\Settings\LoginType;
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
            self::connect($outcome) . ($outcome->proven ? self::turn_on() : ''),
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

    private static function page(string $title, string $body, string $actions, bool $worked): void
    {
        wp_enqueue_style('logto-sign-in', Plugin::url('assets/login.css'), [], Plugin::VERSION);
        wp_enqueue_style('logto-sign-in-setup', Plugin::url('assets/setup.css'), [], Plugin::VERSION);
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

    /**
     * The identity becomes one of the reader's own, after a click and a proof.
     */
    private static function connect(SignInTested $outcome): string
    {
        $user = wp_get_current_user();
        $connection = $outcome->connection;
        if ($connection === null) {
            return '';
        }

        $password = Reauthentication::is_given($user, '') ? '' : sprintf(
            '<p><label for="logto-password">%s</label><input id="logto-password" name="logto_password" type="password" class="input" autocomplete="current-password" required></p>',
            esc_html__('Your password for this site', 'logto-sign-in'),
        );
        /* translators: 1: name of a person at the sign-in service, 2: username. */
        $label = sprintf(__('Connect %1$s to my account %2$s', 'logto-sign-in'), $outcome->name, $user->user_login);

        return self::form('connect', sprintf('<input type="hidden" name="%s" value="%s">%s', esc_attr(Connection::FIELD), esc_attr($connection), $password), $label);
    }

    private static function turn_on(): string
    {
        return LoginType::current() === LoginType::Redirect
            ? ''
            : self::form('turn_on', '<input type="hidden" name="login_type" value="redirect">', __('Turn on for visitors', 'logto-sign-in'));
    }

    private static function form(string $step, string $fields, string $label): string
    {
        ob_start();
        Action::open($step);

        return sprintf('%s%s<button class="button button-primary button-large">%s</button></form>', (string) ob_get_clean(), $fields, esc_html($label));
    }
}
