<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Accounts\Connection;
use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Linking\LastMethod;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Ends;
use LogtoSignIn\Protocol\Identity;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\OtherIssuer;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\DatabaseFailure;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Log;

/**
 * `wp logto users link` and `unlink`
 */
final class IdentityCommand
{
    /** Longest subject (OpenID Connect Core §2). */
    private const MAX_SUBJECT_BYTES = 255;

    /**
     * Connects a user to an account at the provider.
     *
     * ## OPTIONS
     *
     * <user>
     * : Username, email address or ID.
     *
     * <subject>
     * : The account's ID: in the Logto Console, the user ID; at DingTalk, the unionId.
     *
     * [--provider=<provider>]
     * : Where the account is.
     * ---
     * default: logto
     * options:
     *   - logto
     *   - dingtalk
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto users link mary abc123def456
     *
     * @param array<array-key, mixed> $arguments
     * @param array<array-key, mixed> $options
     */
    public static function link(array $arguments, array $options): void
    {
        $user = Output::user(Input::string($arguments, '0'));
        $subject = Input::string($arguments, '1');
        $issuer = Input::string($options, 'provider') === 'dingtalk' ? Provider::DINGTALK_ISSUER : OtherIssuer::or_tenant(Settings::current());
        if ($issuer === '' || $subject === '' || strlen($subject) > self::MAX_SUBJECT_BYTES) {
            Output::fail($issuer === '' ? 'endpoint_missing' : 'token_subject');
        }

        $effect = new LinkIdentity(new Identity($issuer, hash('sha256', $issuer), $subject), $user->ID, false, Ends::Nothing);
        try {
            $is_linked = Connection::make($effect);
        } catch (DatabaseFailure $failure) {
            \WP_CLI::error($failure->getMessage());
        }

        if (!$is_linked) {
            Output::fail('identity_taken');
        }

        Log::write('identity_linked', sprintf('WP-CLI linked user %d', $user->ID));
        Output::done('linked');
    }

    /**
     * Disconnects a user's sign-in methods.
     *
     * ## OPTIONS
     *
     * <user>
     * : Username, email address or ID.
     *
     * [--id=<identity_id>]
     * : Only this one, as `wp logto users list` names it.
     *
     * [--yes]
     * : Do not ask.
     *
     * ## EXAMPLES
     *
     *     wp logto users unlink mary --yes
     *
     * @param array<array-key, mixed> $arguments
     * @param array<array-key, mixed> $options
     */
    public static function unlink(array $arguments, array $options): void
    {
        $user = Output::user(Input::string($arguments, '0'));
        $id = Input::int($options, 'id');
        $issuer = $id === 0 ? '' : Issuers::of_identity($user->ID, $id);
        \WP_CLI::confirm(trim(LastMethod::message($user) . ' ' . __('Disconnect all sign-in methods of these users?', 'logto-sign-in') . ' ' . $user->user_login), $options);
        $removed = $id === 0 ? Removal::all($user->ID) > 0 : Removal::one($user->ID, $id, static fn(int $identities): bool => $identities > 0);
        if (!$removed) {
            Output::fail('not_changed');
        }

        Log::write('identity_unlinked', sprintf('WP-CLI unlinked user %d', $user->ID));

        /** This action is documented in src/Linking/Link.php */
        do_action('logto_sign_in_unlinked', $user->ID, $issuer);
        Output::done('unlinked');
    }
}
