<?php

declare(strict_types=1);

namespace LogtoSignIn;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Linking\Connect;
use LogtoSignIn\Linking\Link;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Providers\StartUrl;
use LogtoSignIn\Setup\TestSignIn;
use LogtoSignIn\SignIn\Arrival;
use LogtoSignIn\SignIn\CodePage;
use LogtoSignIn\SignIn\DingtalkAppPage;
use LogtoSignIn\SignIn\ErrorPage;
use LogtoSignIn\SignIn\Guards;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\SignIn\SignIn;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * What the plugin's addresses do. They are actions of wp-login.php, and answer elsewhere too: {@see SignIn\Addresses}.
 */
final class Actions
{
    public static function start(): void
    {
        Arrival::receive();
        $input = StartUrl::read();
        self::finish((new Client())->run(Operation::Start, $input), Provider::tryFrom($input['provider'] ?? ''));
    }

    public static function callback(): void
    {
        Arrival::receive();
        self::finish_callback(Provider::Logto);
    }

    public static function dingtalk_callback(): void
    {
        Arrival::receive();
        self::finish_callback(Provider::Dingtalk);
    }

    /**
     * The form that the page inside the DingTalk app posts. Its body takes the place of a query.
     */
    public static function dingtalk_app_callback(): void
    {
        Arrival::receive();
        self::finish_callback(Provider::Dingtalk, ['dingtalk_app' => true, 'query' => Request::body()]);
    }

    public static function connect(): never
    {
        Arrival::receive();
        Connect::run();

        exit();
    }

    /**
     * The code of another plugin's second factor.
     */
    public static function code(): never
    {
        Arrival::receive();
        CodePage::submitted();

        exit();
    }

    public static function signed_out(): void
    {
        Arrival::receive();
        self::finish((new Client())->run(Operation::SignedOut, self::callback_input(Provider::Logto)), Provider::Logto);
    }

    /**
     * @param array<string, mixed> $input What differs from the query of the request.
     */
    private static function finish_callback(Provider $provider, array $input = []): never
    {
        $client = new Client(new Handler(Guards::ban(...)));
        $outcome = $client->run(Operation::Callback, $input + self::callback_input($provider));
        // Only the core reads the destination, so another try asks it once more.
        $is_unread = $outcome instanceof Outcome\Refused && in_array($outcome->code, ['transport_unavailable', 'transport_failed'], true);
        self::finish($outcome, $provider, $is_unread ? Arrival::url() : '');
    }

    /**
     * @return array<string, mixed>
     */
    private static function callback_input(Provider $provider): array
    {
        // The query as it came: WordPress's own parsing hides a parameter that appears twice.
        $query = Input::string(Input::to_map($_SERVER), 'QUERY_STRING');

        $user_id = get_current_user_id();

        return ['provider' => $provider, 'query' => $query, 'cookies' => (object) Request::cookies(), 'user_id' => $user_id > 0 ? $user_id : null];
    }

    /**
     * @param Provider|null $provider Where another try goes, too.
     * @param string $retry_url Where another try begins, unless that follows from the outcome.
     */
    private static function finish(Outcome\Outcome $outcome, null|Provider $provider, string $retry_url = ''): never
    {
        match (true) {
            $outcome instanceof Outcome\Redirect => Response::redirect(Link::not_linked($outcome)),
            $outcome instanceof Outcome\DingtalkAppPage => DingtalkAppPage::show($outcome),
            $outcome instanceof Outcome\SignedIn => SignIn::perform($outcome, $provider ?? Provider::Logto),
            $outcome instanceof Outcome\SignInTested => TestSignIn::finish($outcome),
            $outcome instanceof Outcome\Refused && TestSignIn::is_one($outcome) => TestSignIn::refused($outcome),
            $outcome instanceof Outcome\IdentityLinked => Connect::linked($outcome),
            $outcome instanceof Outcome\Refused => ErrorPage::show($outcome, $provider, $retry_url === '' ? Link::retry_url($outcome->redirect_to) : $retry_url),
            // No core of this version ends these operations in another way.
            default => ErrorPage::show(Client::refuse('protocol_error'), $provider),
        };

        exit();
    }
}
