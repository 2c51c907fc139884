<?php

declare(strict_types=1);

namespace LogtoSignIn\Providers;

use LogtoSignIn\Settings\OtherIssuer;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * Whether somebody has signed in with the settings of now: until then, the login page keeps its form and leads nobody away.
 * A sign-in is for an endpoint and an App ID, or a Client ID of DingTalk: another one has to be proven again.
 *
 * A network keeps it for all its sites: whoever could end a proof would open password login.
 */
final class Proof
{
    public const OPTION = 'logto_sign_in_proof';

    /** The key in a session that says where it began: `ISSUER_KEY` of Accounts\Sessions. */
    private const SESSION_KEY = 'logto_sign_in';

    /**
     * Whether the provider of visitors who chose none is proven.
     */
    public static function is_live(): bool
    {
        $settings = Settings::current();

        return self::of(Provider::preferred($settings), $settings) !== null;
    }

    /**
     * Whether visitors can sign in at some provider.
     */
    public static function exists(): bool
    {
        $settings = Settings::current();
        $proven = static fn(Provider $provider): bool => self::of($provider, $settings) !== null;

        return array_filter(Provider::configured($settings), $proven) !== [];
    }

    /**
     * Who proved a provider, and when; null while nobody has. User 0 is nobody in particular: it worked before an update.
     *
     * @return array{by: int, at: int}|null
     */
    public static function of(Provider $provider, Settings $settings): null|array
    {
        $proof = self::all()[self::key($provider, $settings)] ?? null;

        return is_array($proof) ? ['by' => Input::int($proof, 'by'), 'at' => Input::int($proof, 'at')] : null;
    }

    /**
     * Notes a sign-in, unless it proves nothing new.
     *
     * @param bool $again Whether a proof of somebody else gives way.
     */
    public static function note(Provider $provider, int $user_id, bool $again = false): void
    {
        $settings = Settings::current();
        $before = self::of($provider, $settings);
        if ($before === null || $again && $before['by'] !== $user_id) {
            update_site_option(self::OPTION, [self::key($provider, $settings) => ['by' => $user_id, 'at' => time()]] + self::all());
        }
    }

    /** Action `logto_sign_in_signed_in`. */
    public static function signed_in(\WP_User $user, string $issuer_hash): void
    {
        $is_dingtalk = hash_equals(hash('sha256', Provider::DINGTALK_ISSUER), $issuer_hash);
        self::note($is_dingtalk ? Provider::Dingtalk : Provider::Logto, $user->ID);
    }

    /**
     * Whether the current user has signed in at a provider: in this session, or to prove it.
     */
    public static function is_own(): bool
    {
        $user_id = get_current_user_id();
        $session = Input::to_map(\WP_Session_Tokens::get_instance($user_id)->get(wp_get_session_token()));
        $settings = Settings::current();
        $own = static fn(Provider $provider): bool => (self::of($provider, $settings)['by'] ?? 0) === $user_id;

        return $user_id > 0 && (Input::string($session, self::SESSION_KEY) !== '' || array_filter(Provider::configured($settings), $own) !== []);
    }

    /**
     * As {@see is_own()}, for whoever submits settings. Whoever runs a program has other ways back to the site: null.
     */
    public static function of_submitter(bool $is_form): null|bool
    {
        return $is_form ? self::is_own() : null;
    }

    /**
     * Everything that is proven. Before version 0.2 nothing was noted: what is set up already counts as proven, so that an
     * update changes no login page. The plugin's activation asks, so a new site starts with nothing.
     *
     * @return array<array-key, mixed>
     */
    public static function all(): array
    {
        $stored = get_site_option(self::OPTION);
        if (is_array($stored)) {
            return $stored;
        }

        $found = [];
        foreach (self::stored_settings() as $settings) {
            foreach (Provider::configured($settings) as $provider) {
                $found[self::key($provider, $settings)] = ['by' => 0, 'at' => time()];
            }
        }

        update_site_option(self::OPTION, $found);

        return $found;
    }

    /**
     * One key for all the forms in which an endpoint can be entered.
     */
    private static function key(Provider $provider, Settings $settings): string
    {
        $endpoint = (string) preg_replace('~(?:/oidc)?(?:/\.well-known/.*)?/*$~', '', strtolower(OtherIssuer::or_endpoint($settings)));
        $client = $provider === Provider::Dingtalk ? [$settings->text('dingtalk_client_id')] : [$endpoint, $settings->text('app_id')];

        return hash('sha256', implode("\n", [$provider->value, ...array_map('trim', $client)]));
    }

    /**
     * The settings that apply here, and on the other sites of a network.
     *
     * @return list<Settings>
     */
    private static function stored_settings(): array
    {
        if (!is_multisite()) {
            return [Settings::current()];
        }

        $database = Tables::database();
        $like = $database->esc_like(StoredOptions::OPTION . '_site_') . '%';
        $rows = $database->get_col((string) $database->prepare("SELECT meta_value FROM {$database->sitemeta} WHERE meta_key LIKE %s", $like));
        $custom = array_map(static fn(string $row): Settings => new Settings(Input::to_map(maybe_unserialize($row))), Input::to_strings($rows));

        return [Settings::current(), Settings::network(), ...$custom];
    }
}
