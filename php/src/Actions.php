<?php

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Core\Runner;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\SignIn\DingtalkAppPage;
use LogtoSignIn\SignIn\ErrorPage;
use LogtoSignIn\SignIn\Response;
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
        Response::prepare();
        $input = StartUrl::read();
        self::finish((new Runner())->run('start', $input), Provider::tryFrom($input['connector'] ?? ''));
    }

    public static function callback(): void
    {
        Response::prepare();
        self::finish((new Runner())->run('callback', self::callback_input()), Provider::Logto);
    }

    public static function dingtalk_callback(): void
    {
        Response::prepare();
        $input = ['connector' => Provider::Dingtalk->value] + self::callback_input();
        self::finish((new Runner())->run('callback', $input), Provider::Dingtalk);
    }

    /**
     * The form that the page inside the DingTalk app posts. Its body takes the place of a query.
     */
    public static function dingtalk_app_callback(): void
    {
        Response::prepare();
        $input = ['connector' => Provider::Dingtalk->value, 'in_app' => true, 'query' => Request::body()] + self::callback_input();
        self::finish((new Runner())->run('callback', $input), Provider::Dingtalk);
    }

    public static function signed_out(): void
    {
        Response::prepare();
        self::finish((new Runner())->run('signed_out', self::callback_input()), Provider::Logto);
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
        $outcome['provider'] = $provider === null ? '' : $provider->value;
        $outcome['retry_url'] = Link::retry_url(Input::string($outcome, 'redirect_to'));
        match (Input::string($outcome, 'type')) {
            'redirect' => Response::redirect($outcome),
            'in_app' => DingtalkAppPage::show($outcome),
            'signed_in' => SignIn::perform($outcome),
            'linked' => Link::linked($outcome),
            default => ErrorPage::show($outcome),
        };

        exit();
    }
}
