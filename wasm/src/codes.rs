//! Why a visitor is refused: one cause, one stable code, one HTTP status.
//!
//! The code is what an admin finds in the log and what WordPress turns into words. The table at
//! [`ErrorCode::ALL`] is the documentation: each row says what the admin should do.

use std::fmt;

/// A refusal: what happened, and the cause in words for the admin's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What happened.
    pub code: ErrorCode,
    /// The cause. Never a secret, a token or a cookie; a provider's text at most 200 characters long.
    pub detail: String,
    /// Whom it is about, if that is known.
    pub user_id: Option<u64>,
}

impl Refused {
    /// The outcome of a core that cannot do what it was asked, with the cause.
    pub fn new(code: ErrorCode, detail: impl fmt::Display) -> Self {
        let detail = detail.to_string();
        Self { code, detail: detail.chars().filter(|c| !c.is_control()).take(300).collect(), user_id: None }
    }

    /// The same refusal of a user of the site.
    #[must_use]
    pub fn of_user(self, user_id: u64) -> Self {
        Self { user_id: Some(user_id), ..self }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)
    }
}

impl std::error::Error for Refused {}

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $status:literal, $retry:literal $(, $mark:ident)?;)+) => {
        /// Every cause. In each row: the code, the HTTP status, whether starting again may help, and the mark
        /// `another_account` where it helps only with another account at the provider.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $($(#[doc = $doc])+ $name,)+ }

        impl ErrorCode {
            /// Every refusal.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The HTTP status of the page that says so.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// Whether starting the sign-in again may help.
            pub const fn retry(self) -> bool {
                match self { $(Self::$name => $retry,)+ }
            }

            /// Whether the same account at the provider would be refused again: another try has to ask for another one.
            pub const fn another_account(self) -> bool {
                match self { $(Self::$name => error_codes!(@another_account $($mark)?),)+ }
            }
        }
    };
    (@another_account) => { false };
    (@another_account another_account) => { true };
}

error_codes! {
    /// Endpoint, App ID or App secret is missing or unusable. Admin: fill in Logto › Settings.
    NotConfigured = "not_configured", 503, false;
    /// The message from PHP was not understood. Admin: reinstall the plugin; its parts differ in version.
    ProtocolError = "protocol_error", 500, false;
    /// WordPress's database refused a write that the sign-in depends on. Admin: see the database's error log.
    DatabaseError = "database_error", 503, true;

    /// The provider did not answer in time. Admin: see whether the server can reach the endpoint.
    ProviderTimeout = "provider_timeout", 504, true;
    /// No connection to the provider. Admin: see DNS, firewall and proxy of the server.
    ProviderUnreachable = "provider_unreachable", 502, true;
    /// WordPress sends no request to the provider. Admin: name the host in `WP_ACCESSIBLE_HOSTS`, or in
    /// `LOGTO_SIGN_IN_TRUSTED_HOSTS` when its address is private.
    ProviderBlocked = "provider_blocked", 502, false;
    /// The provider's certificate is not trusted. Admin: renew it, or the server's CA list.
    ProviderTls = "provider_tls", 502, true;
    /// The provider answered with a server error. Admin: see the provider's status.
    ProviderError = "provider_error", 502, true;
    /// The provider's answer is not what its specification says (HTML, bad JSON, missing fields). Admin: check the endpoint.
    ProviderAnswer = "provider_answer", 502, true;
    /// An answer is longer than the limit. Admin: check the endpoint.
    ProviderTooLarge = "provider_too_large", 502, true;

    /// Metadata names another issuer than the configured one (OpenID Connect Discovery §4.3). Admin: correct the endpoint.
    IssuerMismatch = "issuer_mismatch", 502, false;
    /// Metadata lacks what a sign-in needs, such as PKCE with S256 or https. Admin: check the endpoint.
    MetadataUnusable = "metadata_unusable", 502, false;
    /// No usable key at the provider. Admin: see the signing keys in the Logto Console.
    KeysUnusable = "keys_unusable", 502, true;

    /// A link or another site starts a sign-in for an issuer that is not the configured one (OpenID Connect Core §4). Admin: see
    /// the cause for the issuer.
    InitiatorUnknown = "initiator_unknown", 400, true;
    /// The callback came without `state`. Visitor: start again.
    StateMissing = "state_missing", 400, true;
    /// No cookie belongs to this `state`: another browser, cleared cookies, or an invented state. Visitor: start again.
    StateUnknown = "state_unknown", 400, true;
    /// The sign-in took longer than ten minutes. Visitor: start again.
    StateExpired = "state_expired", 400, true;
    /// The callback was opened a second time. Visitor: start again.
    StateUsed = "state_used", 400, true;
    /// The callback has a parameter twice (RFC 6749 §3.1). Visitor: start again.
    ParameterRepeated = "parameter_repeated", 400, true;
    /// The callback has neither `code` nor `error`. Visitor: start again.
    CodeMissing = "code_missing", 400, true;
    /// The `iss` of the callback is another issuer, or missing though announced (RFC 9207 §2.4). Admin: look for a mix-up attack.
    ResponseIssuer = "response_issuer", 400, true;
    /// The visitor canceled at the provider (`access_denied`). Visitor: start again.
    AccessDenied = "access_denied", 403, true;
    /// The provider wants an interaction that was not allowed (`login_required`, `consent_required`, …). Visitor: start again.
    InteractionRequired = "interaction_required", 403, true;
    /// The provider answered the authorization request with another error. Admin: see the cause.
    AuthorizationError = "authorization_error", 502, true;

    /// The App ID or the App secret is wrong (`invalid_client`). Admin: copy both again from the Logto Console.
    ClientRejected = "client_rejected", 502, false;
    /// The code was used, expired, or belongs to another request (`invalid_grant`). Visitor: start again.
    CodeRejected = "code_rejected", 400, true;
    /// The token endpoint refused for another reason. Admin: see the cause.
    TokenError = "token_error", 502, true;
    /// The token response has no `id_token`. Admin: the scope must include `openid`.
    IdTokenMissing = "id_token_missing", 502, false;

    /// The ID token is not a JWS in compact form, or longer than the limit.
    TokenMalformed = "token_malformed", 502, true;
    /// The signature algorithm is not on the list, or `none`, or not of the key's type.
    TokenAlgorithm = "token_algorithm", 502, false;
    /// No key of the provider fits the token.
    TokenKeyUnknown = "token_key_unknown", 502, true;
    /// The signature is wrong.
    TokenSignature = "token_signature", 502, true;
    /// `iss` is missing or another issuer (OpenID Connect Core §3.1.3.7, 2).
    TokenIssuer = "token_issuer", 502, false;
    /// `aud` is missing or lacks the App ID (rule 3).
    TokenAudience = "token_audience", 502, false;
    /// `azp` is another client, or missing with several audiences (rules 4 and 5).
    TokenAuthorizedParty = "token_authorized_party", 502, false;
    /// `exp` is missing or past (rule 9). Admin: check the server's clock.
    TokenExpired = "token_expired", 502, true;
    /// `nbf` or `iat` is in the future, or `iat` is missing (rule 10). Admin: check the server's clock.
    TokenNotYetValid = "token_not_yet_valid", 502, true;
    /// `nonce` is missing or another (rule 11).
    TokenNonce = "token_nonce", 502, true;
    /// `at_hash` does not fit the access token (§3.1.3.6).
    TokenAccessTokenHash = "token_access_token_hash", 502, true;
    /// `sub` is missing, empty or longer than 255 (§2).
    TokenSubject = "token_subject", 502, false;
    /// A logout token lacks the event, `jti`, or both of `sub` and `sid`, or has a `nonce` (Back-Channel Logout §2.6).
    LogoutTokenInvalid = "logout_token_invalid", 400, false;
    /// A logout token came a second time (§2.6, `jti`).
    LogoutTokenUsed = "logout_token_used", 400, false;
    /// A front-channel logout request names another issuer, or no session (Front-Channel Logout §3).
    LogoutRequestInvalid = "logout_request_invalid", 400, false;
    /// The settings do not allow front-channel logout.
    FrontchannelLogoutOff = "frontchannel_logout_off", 404, false;
    /// Userinfo is about somebody else (§5.3.2).
    UserinfoSubject = "userinfo_subject", 502, true;
    /// Userinfo refused or is unusable.
    UserinfoError = "userinfo_error", 502, true;

    /// Client ID or Client Secret is wrong. Admin: copy both again from DingTalk's Basic Information › Credentials.
    DingtalkClientRejected = "dingtalk_client_rejected", 502, false;
    /// DingTalk takes the credentials, and not the token that it gave for them. Admin: release a version of the application.
    DingtalkUnreleased = "dingtalk_unreleased", 502, false;
    /// The application lacks a permission, or no version with it was released. Admin: Permission Management, then release.
    DingtalkPermissionMissing = "dingtalk_permission_missing", 502, false;
    /// DingTalk answers certain servers alone, and this one is not among them. Admin: Security Settings › Server Egress IP.
    DingtalkServerNotAllowed = "dingtalk_server_not_allowed", 502, false;
    /// The access token expired between two requests. Visitor: start again.
    DingtalkTokenExpired = "dingtalk_token_expired", 502, true;
    /// The application is not visible to the visitor. Admin: Application Release › Version Management and Release.
    DingtalkUserUnknown = "dingtalk_user_unknown", 403, true, another_account;
    /// The visitor's organization is not listed, or DingTalk does not name it. Visitor: choose another organization.
    DingtalkOrganization = "dingtalk_organization", 403, true, another_account;
    /// The profile has no usable `unionId`. Admin: see the cause.
    DingtalkSubject = "dingtalk_subject", 502, false;
    /// DingTalk answered with another error. Admin: see the cause.
    DingtalkError = "dingtalk_error", 502, true;

    /// The settings want a verified email address and the visitor has none. Visitor: add one to the Logto account.
    EmailUnverified = "email_unverified", 403, true, another_account;
    /// The visitor is in none of the organizations that the settings require. Visitor: sign in with another account.
    OrganizationRequired = "organization_required", 403, true, another_account;
    /// The settings give this visitor no account. Visitor: ask the admin for one, or sign in with another account.
    NotProvisioned = "not_provisioned", 403, true, another_account;
    /// The account waits for an admin. Visitor: come back later. Admin: approve it in the list of users.
    AccountPending = "account_pending", 403, false, another_account;
    /// On a network, the user is no member of this site, and the settings make nobody one. Visitor: ask the admin.
    NotAMember = "not_a_member", 403, true, another_account;
    /// The identity is another user's already. Visitor: sign in with it, and remove it there first.
    IdentityTaken = "identity_taken", 409, false;
    /// Another user, or nobody, is signed in than when linking began. Visitor: sign in and begin again.
    LinkUserChanged = "link_user_changed", 403, true;
    /// The provider no longer confirms a session: it refuses to renew it, or the identity is not its user's any more. Visitor:
    /// sign in again.
    SessionEnded = "session_ended", 403, true;
    /// No connection waits in this browser: another browser, more than ten minutes, or no proof of the account. Visitor: start again.
    ConnectExpired = "connect_expired", 400, true;
    /// Another plugin bans the visitor's address, and no account was made. Admin: the cause names the plugin.
    AddressBanned = "address_banned", 403, true;
    /// Another plugin refused the visitor's profile, and no account was made. Admin: the cause has its words.
    ProfileRefused = "profile_refused", 403, true, another_account;
    /// WordPress did not create the user. Admin: see the cause.
    UserNotCreated = "user_not_created", 500, true;

    /// A request to the REST API sends its access token in a wrong form, or more than once (RFC 6750 §3.1, `invalid_request`).
    ApiRequestInvalid = "api_request_invalid", 400, false;
    /// The access token expired, is not for this API, or is not the provider's (`invalid_token`). Admin: see the cause.
    ApiTokenInvalid = "api_token_invalid", 401, false;
    /// Nobody on the site has the token's subject, or the provider took its word back (`invalid_token`). Admin: see the cause.
    ApiUserUnknown = "api_user_unknown", 401, false;
    /// A client calls without a user, and the settings name none for it (`invalid_token`). Admin: see `api_m2m_user`.
    ApiClientRefused = "api_client_refused", 401, false;
    /// The token's scopes do not allow the request (`insufficient_scope`). Admin: see `api_scopes`.
    ApiScopeMissing = "api_scope_missing", 403, false;
    /// The provider's keys are needed to verify the token, and cannot be had now. Admin: see the cause.
    ApiUnavailable = "api_unavailable", 503, true;
}

impl ErrorCode {
    /// Whether the refusal of a known identity ends what its provider gave: the provider no longer says what the
    /// settings require of everybody.
    pub const fn ends_access(self) -> bool {
        matches!(self, Self::EmailUnverified | Self::OrganizationRequired)
    }

    /// Whether nothing is known because of it: the provider cannot be asked, or its answer cannot be judged here. A session
    /// that has begun goes on.
    pub const fn is_outage(self) -> bool {
        matches!(
            self,
            Self::NotConfigured
                | Self::ProtocolError
                | Self::DatabaseError
                | Self::ProviderTimeout
                | Self::ProviderUnreachable
                | Self::ProviderBlocked
                | Self::ProviderTls
                | Self::ProviderError
                | Self::ProviderAnswer
                | Self::ProviderTooLarge
                | Self::IssuerMismatch
                | Self::MetadataUnusable
                | Self::KeysUnusable
                | Self::ClientRejected
                | Self::TokenError
                | Self::TokenKeyUnknown
                | Self::TokenExpired
                | Self::TokenNotYetValid
                | Self::UserinfoError
        )
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_speakable() {
        let codes: BTreeSet<_> = ErrorCode::ALL.iter().map(|r| r.as_str()).collect();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
        assert!(codes.iter().all(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
    }

    #[test]
    fn every_status_is_an_error() {
        assert!(ErrorCode::ALL.iter().all(|r| (400..600).contains(&r.status())));
    }
}
