<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Linking\Reauthentication;
use LogtoSignIn\Protocol\Outcome\SignInTested;
use LogtoSignIn\Settings\LoginType;

/**
 * What a report offers to do next.
 */
final class NextSteps
{
    /**
     * The identity becomes one of the reader's own, after a click and a proof; and visitors may come.
     */
    public static function of(SignInTested $outcome): string
    {
        $is_on = LoginType::current() === LoginType::Redirect || !$outcome->proven;
        $connection = $outcome->connection;
        $turn_on = sprintf('<input type="hidden" name="login_type" value="%s">', esc_attr(LoginType::Redirect->value));
        if ($connection === null) {
            return $is_on ? '' : self::form($turn_on, ['turn_on' => __('Turn on for visitors', 'logto-sign-in')]);
        }

        $user = wp_get_current_user();
        $password = Reauthentication::is_given($user, '') || Reauthentication::is_recent($user) ? '' : sprintf(
            '<p><label for="logto-password">%s</label><input id="logto-password" name="logto_password" type="password" class="input" autocomplete="current-password" required></p>',
            esc_html__('Your password for this site', 'logto-sign-in'),
        );
        /* translators: 1: name of a person at the sign-in service, 2: username. */
        $question = sprintf(esc_html__('%1$s can become a sign-in method of your account %2$s.', 'logto-sign-in'), '<strong>' . esc_html($outcome->name) . '</strong>', '<strong>' . esc_html($user->user_login) . '</strong>');
        $fields = sprintf('<p>%s</p><input type="hidden" name="%s" value="%s">%s', $question, esc_attr(Connection::FIELD), esc_attr($connection), $password);
        $connect = ['connect' => __('Connect my account', 'logto-sign-in')];

        return $is_on
            ? self::form($fields, $connect)
            : self::form($fields . $turn_on, ['connect_and_turn_on' => __('Connect my account and turn on for visitors', 'logto-sign-in')] + $connect);
    }

    /**
     * @param array<string, string> $buttons Labels by step; the first one is what most readers want.
     */
    private static function form(string $fields, array $buttons): string
    {
        $html = '';
        foreach ($buttons as $step => $label) {
            $html .= sprintf('<button name="step" value="%s" class="button %sbutton-large">%s</button>', esc_attr($step), $html === '' ? 'button-primary ' : '', esc_html($label));
        }

        ob_start();
        Action::open('');

        return (string) ob_get_clean() . $fields . $html . '</form>';
    }
}
