<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Core\EffectHandler;
use LogtoSignIn\Protocol\Answer;
use LogtoSignIn\Protocol\Answer\AccessRevoked;
use LogtoSignIn\Protocol\Answer\CreateError;
use LogtoSignIn\Protocol\Answer\EmailMatch;
use LogtoSignIn\Protocol\Answer\IdentityLinked;
use LogtoSignIn\Protocol\Answer\MailSent;
use LogtoSignIn\Protocol\Answer\SessionsEnded;
use LogtoSignIn\Protocol\Answer\StateUse;
use LogtoSignIn\Protocol\Answer\UserCreated;
use LogtoSignIn\Protocol\Effect\CreateUser;
use LogtoSignIn\Protocol\Effect\EndSessions;
use LogtoSignIn\Protocol\Effect\FindAccount;
use LogtoSignIn\Protocol\Effect\FindApiUser;
use LogtoSignIn\Protocol\Effect\FindEmailMatch;
use LogtoSignIn\Protocol\Effect\FindSamePerson;
use LogtoSignIn\Protocol\Effect\LinkIdentity;
use LogtoSignIn\Protocol\Effect\MarkStateUsed;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Support\DatabaseFailure;

/**
 * Performs the core's effects on the users of this site.
 */
// @mago-expect lint:too-many-methods - one for each effect
final class Handler implements EffectHandler
{
    /**
     * @param null|\Closure(): string $ban Why nobody may get an account from this address; empty if somebody may.
     */
    public function __construct(
        private readonly null|\Closure $ban = null,
    ) {
    }

    /**
     * @throws DatabaseFailure
     */
    public function find_account(FindAccount $effect): Answer\AccountFacts
    {
        return AccountFacts::of(Identities::find_user($effect->identity), $effect->identity->issuer_hash);
    }

    public function find_email_match(FindEmailMatch $effect): EmailMatch
    {
        return AccountFacts::email_match($effect->email, $effect->identity);
    }

    /**
     * @throws DatabaseFailure
     */
    public function find_same_person(FindSamePerson $effect): EmailMatch
    {
        $user_id = $effect->other === null ? DingtalkClaim::find_user($effect) : Identities::find_user($effect->other);

        return AccountFacts::match($user_id === null ? false : get_userdata($user_id), $effect->identity);
    }

    public function mark_state_used(MarkStateUsed $effect): StateUse
    {
        return UsedStates::mark($effect->key, $effect->expires_at);
    }

    /**
     * @throws DatabaseFailure
     */
    public function create_user(CreateUser $effect): UserCreated
    {
        $ban = $this->ban === null ? '' : ($this->ban)();

        if ($ban !== '') {
            return UserCreated::failed(CreateError::Banned, $ban);
        }

        $effect = VisitorClaims::of_new_user($effect);

        return $effect instanceof \WP_Error ? UserCreated::failed(CreateError::Refused, wp_strip_all_tags($effect->get_error_message())) : NewUser::create($effect);
    }

    /**
     * @throws DatabaseFailure
     */
    public function link_identity(LinkIdentity $effect): IdentityLinked
    {
        return new IdentityLinked(Connection::make($effect));
    }

    public function send_connect_mail(SendConnectMail $effect): MailSent
    {
        return new MailSent(ConnectMail::send($effect));
    }

    /**
     * @throws DatabaseFailure
     */
    public function find_api_user(FindApiUser $effect): Answer\ApiUser
    {
        $user = $effect->login === '' ? get_userdata(Identities::find_user($effect->identity) ?? 0) : get_user_by('login', $effect->login);

        return $user === false
            ? new Answer\ApiUser(null)
            : new Answer\ApiUser($user->ID, UserMeta::is_pending($user->ID), RevokedIssuers::exist($user->ID), is_user_member_of_blog($user->ID));
    }

    /**
     * @throws DatabaseFailure
     */
    public function revoke_access(RevokeAccess $effect): AccessRevoked
    {
        $user_id = Identities::find_user($effect->identity);
        if ($user_id !== null) {
            $effect->only_this_site
                ? Revocation::of_membership($user_id, $effect->identity)
                : Revocation::of_everything($user_id, $effect->identity);
        }

        return new AccessRevoked($user_id);
    }

    /**
     * @throws DatabaseFailure
     */
    public function end_sessions(EndSessions $effect): SessionsEnded
    {
        return new SessionsEnded(EndedSessions::end($effect));
    }
}
