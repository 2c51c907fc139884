<?php

declare(strict_types=1);

namespace LogtoSignIn\Setup;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Check;
use LogtoSignIn\Protocol\CheckResult;
use LogtoSignIn\Protocol\CheckSubject;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\ConnectionChecked;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\SignInTested;
use LogtoSignIn\Providers\Proof;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\LoginPath;
use LogtoSignIn\SignIn\Arrival;
use LogtoSignIn\SignIn\Response;
use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Request;

/**
 * A sign-in that changes nothing: it starts at the set-up page and ends with a report.
 */
final class TestSignIn
{
    private const ACTION = 'logto_test';

    /**
     * An action of the login page: its addresses print pages without the menus of wp-admin.
     */
    public static function url(): string
    {
        return add_query_arg('action', self::ACTION, LoginPath::shown());
    }

    public static function run(): never
    {
        Arrival::receive();
        if (Request::reads() || !Page::is_allowed()) {
            Access::deny();
        }

        check_admin_referer(Action::ACTION);
        $provider = Provider::tryFrom(Request::posted('provider')) ?? Provider::Logto;
        Store::credentials($provider) ? self::start($provider) : Report::not_saved();

        exit();
    }

    /**
     * Asks first what can be asked without a visitor: what is wrong there, Logto tells in a page that leads nowhere.
     */
    private static function start(Provider $provider): void
    {
        $failed = self::failed_checks($provider);
        if ($failed !== []) {
            Report::failed($failed);

            return;
        }

        $outcome = (new Client())->expect(Redirect::class, Operation::Start, [
            'provider' => $provider,
            'test_by' => get_current_user_id(),
            'redirect_to' => Page::url(),
            // By another name of the site, the detour would end as an ordinary sign-in.
            'canonical' => true,
            'cookies' => (object) Request::cookies(),
        ]);
        $outcome instanceof Refused ? self::refused($outcome) : Response::redirect($outcome);
    }

    /**
     * Whether a refusal ends a test. Only the core reads where an attempt was to lead.
     */
    public static function is_one(Refused $outcome): bool
    {
        return $outcome->redirect_to === Page::url() && Page::is_allowed();
    }

    public static function refused(Refused $outcome): void
    {
        Response::set_cookies($outcome->cookies);
        Report::failed([$outcome->code]);
    }

    public static function finish(SignInTested $outcome): void
    {
        Response::set_cookies($outcome->cookies);
        if ($outcome->proven) {
            Proof::note(Provider::tryFrom($outcome->provider) ?? Provider::Logto, get_current_user_id(), true);
        }

        Report::show($outcome);
    }

    /**
     * @return list<string> Their codes.
     */
    private static function failed_checks(Provider $provider): array
    {
        $outcome = (new Client())->expect(ConnectionChecked::class, Operation::CheckConnection);
        if ($outcome instanceof Refused) {
            return [$outcome->code];
        }

        $failed = array_filter($outcome->checks, static fn(Check $check): bool => $check->result === CheckResult::Failed && self::concerns($check->subject, $provider));

        return array_values(array_unique(array_map(static fn(Check $check): string => $check->code, $failed)));
    }

    /**
     * A sign-out that ends in the wrong place keeps nobody from signing in.
     */
    private static function concerns(CheckSubject $subject, Provider $provider): bool
    {
        return ($subject === CheckSubject::Dingtalk) === ($provider === Provider::Dingtalk) && $subject !== CheckSubject::PostLogoutRedirectUri;
    }
}
