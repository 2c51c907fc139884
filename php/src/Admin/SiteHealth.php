<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\About;
use LogtoSignIn\Settings\OtherIssuer;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\SignIn\PasswordLogin;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;
use LogtoSignIn\Transport\Transports;

/**
 * Tests and facts for Tools › Site Health.
 */
final class SiteHealth
{
    /**
     * @param array<array-key, mixed> $tests
     *
     * @return array<array-key, mixed>
     */
    public static function tests(array $tests): array
    {
        $ours = [];
        foreach (self::callbacks() as $name => $callback) {
            $ours['logto_sign_in_' . $name] = ['label' => __('Logto Sign-In', 'logto-sign-in'), 'test' => $callback];
        }

        return ['direct' => $ours + Input::map($tests, 'direct')] + $tests;
    }

    /**
     * @return array<string, mixed>
     */
    public static function test_transport(): array
    {
        $outcome = (new Client())->run(Operation::About);
        if ($outcome instanceof About && $outcome->version === Plugin::VERSION) {
            $transport = Transports::available() ?? '';
            /* translators: %s: name of a transport, such as "Program started by PHP". */
            $message = $transport === 'php' ? TransportLabels::why_php() : sprintf(__('Method: %s.', 'logto-sign-in'), TransportLabels::name($transport));

            return self::result('transport', 'good', __('Logto Sign-In can run', 'logto-sign-in'), esc_html($message));
        }

        if ($outcome instanceof About) {
            $message = __('Reinstall the plugin, or restart the service on the socket.', 'logto-sign-in');

            return self::result('transport', 'critical', __('The parts of Logto Sign-In have different versions', 'logto-sign-in'), esc_html($message));
        }

        $reasons = '';
        foreach (Transports::examine() as $name => $obstacle) {
            $reasons .= sprintf('<li>%s: %s</li>', esc_html(TransportLabels::name($name)), esc_html(TransportLabels::obstacle($obstacle)));
        }

        $message = esc_html__('Logto Sign-In needs one of these methods:', 'logto-sign-in') . '<ul>' . $reasons . '</ul>';

        return self::result('transport', 'critical', __('Logto Sign-In cannot run on this server yet', 'logto-sign-in'), $message);
    }

    /**
     * @return array<string, mixed>
     */
    public static function test_settings(): array
    {
        if (Settings::current()->is_configured()) {
            return self::result('settings', 'good', __('Logto Sign-In is set up', 'logto-sign-in'), esc_html__('All required settings are filled in.', 'logto-sign-in'));
        }

        return self::result('settings', 'recommended', __('Logto Sign-In is not set up yet', 'logto-sign-in'), esc_html(Catalog::of('not_configured')->advice));
    }

    /**
     * Facts for a support request; no secrets.
     *
     * @param array<array-key, mixed> $information
     *
     * @return array<array-key, mixed>
     */
    public static function debug_information(array $information): array
    {
        $dingtalk = Settings::current()->has_dingtalk();
        $fields = [
            'version' => ['label' => __('Version', 'logto-sign-in'), 'value' => Plugin::VERSION],
            'endpoint' => ['label' => __('Logto endpoint', 'logto-sign-in'), 'value' => OtherIssuer::or_endpoint(Settings::current())],
            'redirect_uri' => ['label' => __('Redirect URI', 'logto-sign-in'), 'value' => Site::redirect_uri()],
            'dingtalk' => ['label' => __('Direct DingTalk sign-in', 'logto-sign-in'), 'value' => $dingtalk ? __('On', 'logto-sign-in') : __('Off', 'logto-sign-in')],
            'form_login' => ['label' => __('Password login', 'logto-sign-in'), 'value' => PasswordLogin::is_available() ? __('On', 'logto-sign-in') : __('Off', 'logto-sign-in')],
        ];
        foreach (Transports::examine() as $name => $obstacle) {
            $fields['transport_' . $name] = ['label' => TransportLabels::name($name), 'value' => TransportLabels::obstacle($obstacle)];
        }

        return $information + ['logto-sign-in' => ['label' => __('Logto Sign-In', 'logto-sign-in'), 'fields' => $fields]];
    }

    /**
     * A result as WordPress wants it.
     *
     * @param string $description HTML.
     *
     * @return array<string, mixed>
     */
    public static function result(string $test, string $status, string $label, string $description): array
    {
        $link = sprintf('<p><a href="%s">%s</a></p>', esc_url(admin_url('admin.php?page=' . SettingsPage::SLUG)), esc_html__('Logto › Settings', 'logto-sign-in'));

        return [
            'label' => $label,
            'status' => $status,
            'badge' => ['label' => __('Security', 'logto-sign-in'), 'color' => 'blue'],
            'description' => '<p>' . $description . '</p>',
            'actions' => $link,
            'test' => 'logto_sign_in_' . $test,
        ];
    }

    /**
     * The tests by name. The connection is only looked at where there is one.
     *
     * @return array<string, array{class-string, string}>
     */
    private static function callbacks(): array
    {
        $connection = Settings::current()->is_configured() ? ['connection' => [LastCheck::class, 'site_health']] : [];

        return [
            'tables' => [ServerHealth::class, 'test_tables'],
            'nodes' => [ServerHealth::class, 'test_nodes'],
            'transport' => [self::class, 'test_transport'],
            'settings' => [self::class, 'test_settings'],
            'https' => [ServerHealth::class, 'test_https'],
            'address' => [AddressCheck::class, 'site_health'],
        ] + $connection;
    }
}
