<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\Answer\AccessRevoked;
use LogtoSignIn\Protocol\Answer\AccountFacts;
use LogtoSignIn\Protocol\Answer\ApiUser;
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
use LogtoSignIn\Protocol\Effect\SendConnectMail;
use LogtoSignIn\Protocol\Effect\RevokeAccess;
use LogtoSignIn\Support\DatabaseFailure;

/**
 * Performs the effects that concern accounts. {@see Performed} has HTTP requests sent itself.
 */
interface EffectHandler
{
    /**
     * @throws DatabaseFailure
     */
    public function find_account(FindAccount $effect): AccountFacts;

    public function find_email_match(FindEmailMatch $effect): EmailMatch;

    /**
     * @throws DatabaseFailure
     */
    public function find_same_person(FindSamePerson $effect): EmailMatch;

    public function mark_state_used(MarkStateUsed $effect): StateUse;

    /**
     * @throws DatabaseFailure
     */
    public function create_user(CreateUser $effect): UserCreated;

    /**
     * @throws DatabaseFailure
     */
    public function link_identity(LinkIdentity $effect): IdentityLinked;

    public function send_connect_mail(SendConnectMail $effect): MailSent;

    /**
     * @throws DatabaseFailure
     */
    public function find_api_user(FindApiUser $effect): ApiUser;

    /**
     * @throws DatabaseFailure
     */
    public function revoke_access(RevokeAccess $effect): AccessRevoked;

    /**
     * @throws DatabaseFailure
     */
    public function end_sessions(EndSessions $effect): SessionsEnded;
}
