<?php

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Core\Runner;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\SignIn\DingtalkAppPage;
use LogtoSignIn\SignIn\ErrorPage;
use LogtoSignIn\SignIn\Redirect;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * The plugin's five addresses, actions of wp-login.php: they exist with every permalink structure, and page caches
 * leave them alone.
 */
final class Actions
{
    public static function start(): void
    {
        self::prepare();
        $input = self::start_input();
        self::finish((new Runner())->run('start', $input), Provider::tryFrom($input['connector'] ?? ''));
    }

    public static function callback(): void
    {
        self::prepare();
        self::finish((new Runner())->run('callback', self::callback_input()), Provider::Logto);
    }

    public static function dingtalk_callback(): void
    {
        self::prepare();
        $input = ['connector' => Provider::Dingtalk->value] + self::callback_input();
        self::finish((new Runner())->run('callback', $input), Provider::Dingtalk);
    }

    /**
     * The form that the page inside the DingTalk app posts. Its body takes the place of a query.
     */
    public static function dingtalk_app_callback(): void
    {
        self::prepare();
        $input = ['connector' => Provider::Dingtalk->value, 'in_app' => true, 'query' => Request::body()] + self::callback_input();
        self::finish((new Runner())->run('callback', $input), Provider::Dingtalk);
    }

    public static function signed_out(): void
    {
        self::prepare();
        self::finish((new Runner())->run('signed_out', self::callback_input()), Provider::Logto);
    }

    /**
     * Who named no provider leaves the choice to the core.
     *
     * @return array{connector: string|null, user_agent: string, in_app: bool, redirect_to: string, first_screen: string, direct_sign_in: string, canonical: bool, cookies: object}
     */
    public static function start_input(): array
    {
        return [
            'connector' => Provider::tryFrom(Request::query('connector'))?->value,
            'user_agent' => Request::server('HTTP_USER_AGENT'),
            'in_app' => Request::query('in_app') !== '0',
            'redirect_to' => Request::text('redirect_to'),
            'first_screen' => Request::query('first_screen'),
            'direct_sign_in' => Request::query('direct_sign_in'),
            'canonical' => Request::query('canonical') === '1',
            'cookies' => (object) Request::cookies(),
        ];
    }

    /**
     * Nothing of an answer to sign-in may be stored or told to another site.
     */
    public static function prepare(): void
    {
        if (!defined('DONOTCACHEPAGE')) {
            define('DONOTCACHEPAGE', true);
        }

        nocache_headers();
        if (!headers_sent()) {
            header('Cache-Control: no-store, no-cache, must-revalidate, max-age=0, private');
            header('Referrer-Policy: no-referrer');
        }

        // WordPress's login pages bring a laxer policy in their HTML.
        add_action('login_enqueue_scripts', static function (): void {
            remove_action('login_head', 'wp_strict_cross_origin_referrer');
        });
    }

    /**
     * @return array<string, mixed>
     */
    private static function callback_input(): array
    {
        // The query as it came: WordPress's own parsing hides a parameter that stands twice.
        $query = Input::string(Input::to_map($_SERVER), 'QUERY_STRING');

        $user_id = get_current_user_id();

        return ['query' => $query, 'cookies' => (object) Request::cookies(), 'user_id' => $user_id > 0 ? $user_id : null];
    }

    /**
     * @param array<array-key, mixed> $outcome
     * @param Provider|null $provider Where another try goes, too.
     */
    private static function finish(array $outcome, null|Provider $provider): never
    {
        $outcome['connector'] = $provider === null ? '' : $provider->value;
        match (Input::string($outcome, 'type')) {
            'redirect' => Redirect::follow($outcome),
            'in_app' => DingtalkAppPage::show($outcome),
            'signed_in' => SignIn::perform($outcome),
            'linked' => Link::linked($outcome),
            default => ErrorPage::show($outcome),
        };

        exit();
    }
}
