//! What a check of the connection says: one [`Check`] for each thing that a provider tells without a visitor.

use crate::codes::Refused;
use serde::Serialize;

/// One thing that was asked.
#[derive(Debug, Serialize)]
pub struct Check {
    /// What was asked about.
    pub subject: CheckSubject,
    /// How it went.
    pub result: CheckResult,
    /// Stable code; WordPress has the words for it. A code of [`Finding`] or of [`crate::codes::ErrorCode`].
    pub code: &'static str,
    /// What was found, for the admin: an issuer, algorithms, or the cause of a failure.
    pub found: String,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckSubject {
    /// The provider's metadata, and so its issuer.
    Metadata,
    /// The clock of this server, beside the provider's.
    Clock,
    /// PKCE, where the provider is no Logto tenant.
    Pkce,
    /// The keys that the provider publishes.
    Keys,
    /// The algorithms that the metadata announce for ID tokens.
    Algorithms,
    /// App ID, App secret and the type of the application.
    Application,
    /// [`super::Site::redirect_uri`].
    RedirectUri,
    /// [`super::Site::post_logout_redirect_uri`].
    PostLogoutRedirectUri,
    /// Client ID and Client Secret of the application at DingTalk.
    Dingtalk,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckResult {
    /// As it should be.
    Passed,
    /// Visitors cannot sign in, or out, like this.
    Failed,
    /// The provider does not say.
    Unknown,
}

macro_rules! findings {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $result:ident;)+) => {
        /// What a check can find besides an [`ErrorCode`](crate::codes::ErrorCode). In each row: the code, and how the check went.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Finding { $($(#[doc = $doc])+ $name,)+ }

        impl Finding {
            /// Every finding.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How the check went.
            pub const fn result(self) -> CheckResult {
                match self { $(Self::$name => CheckResult::$result,)+ }
            }
        }
    };
}

findings! {
    /// The metadata are the configured issuer's, and have what a sign-in needs.
    MetadataFound = "metadata_found", Passed;
    /// The clocks differ by less than a sign-in allows.
    ClockAgrees = "clock_agrees", Passed;
    /// The clocks differ by more: ID tokens count as expired, or as not valid yet. Admin: set the server's clock.
    ClockDiffers = "clock_differs", Failed;
    /// The metadata announce PKCE with S256.
    PkceAnnounced = "pkce_announced", Passed;
    /// The metadata say nothing of PKCE. It is used, and the nonce guards alone if the provider ignores it.
    PkceUnstated = "pkce_unstated", Unknown;
    /// There is a key that can verify a signature.
    KeysFound = "keys_found", Passed;
    /// A published key is for an announced algorithm.
    AlgorithmsAgree = "algorithms_agree", Passed;
    /// No published key is for an announced algorithm.
    AlgorithmsDiffer = "algorithms_differ", Failed;
    /// The metadata announce no algorithm.
    AlgorithmsUnstated = "algorithms_unstated", Unknown;
    /// App ID and App secret are right, and the application may exchange codes.
    ApplicationAccepted = "application_accepted", Passed;
    /// The provider does not know the App ID. Admin: copy it again.
    ApplicationUnknown = "application_unknown", Failed;
    /// The application has no secret, or exchanges no codes. Admin: create one of the type Traditional web.
    ApplicationType = "application_type", Failed;
    /// The App secret is wrong. Admin: copy it again.
    ApplicationSecret = "application_secret", Failed;
    /// The redirect URI is registered.
    RedirectUriRegistered = "redirect_uri_registered", Passed;
    /// The redirect URI is not registered. Admin: add it in the Logto Console.
    RedirectUriUnregistered = "redirect_uri_unregistered", Failed;
    /// The post sign-out redirect URI is registered.
    PostLogoutUriRegistered = "post_logout_uri_registered", Passed;
    /// The post sign-out redirect URI is not registered. Admin: add it in the Logto Console.
    PostLogoutUriUnregistered = "post_logout_uri_unregistered", Failed;
    /// The provider has no end-session endpoint.
    SignOutUnsupported = "sign_out_unsupported", Unknown;
    /// DingTalk accepts Client ID and Client Secret.
    DingtalkAccepted = "dingtalk_accepted", Passed;
    /// The answer says neither.
    CheckUnclear = "check_unclear", Unknown;
    /// Not asked, because something before it failed.
    CheckSkipped = "check_skipped", Unknown;
}

impl Check {
    /// What was found.
    pub fn of(subject: CheckSubject, finding: Finding, found: impl Into<String>) -> Self {
        Self { subject, result: finding.result(), code: finding.as_str(), found: found.into() }
    }

    /// Why nothing was found.
    pub fn failed(subject: CheckSubject, refused: Refused) -> Self {
        Self { subject, result: CheckResult::Failed, code: refused.code.as_str(), found: refused.detail }
    }
}
