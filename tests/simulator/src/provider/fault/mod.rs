//! Every way in which the provider can misbehave, and what a client must make of it.

macro_rules! faults {
    ($(#[doc = $of:literal])+ $group:ident: $($(#[doc = $doc:literal])+ $name:ident => $expected:expr;)+) => {
        $(#[doc = $of])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $group { $($(#[doc = $doc])+ $name,)+ }

        impl $group {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// What must come of a sign-in with it.
            pub const fn expected(self) -> Expected {
                match self { $(Self::$name => $expected,)+ }
            }
        }
    };
}

mod access_token;
mod tables;

pub use access_token::AccessTokenFault;
pub use tables::*;

/// What must come of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The visitor is signed in: unusual, but within the specifications.
    Accepted,
    /// The visitor is refused with this HTTP status and code.
    Refused(u16, &'static str),
}

/// One misbehaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An endpoint is in outage.
    Outage(Endpoint, Outage),
    /// The metadata are wrong.
    Metadata(MetadataFault),
    /// The authorization response is wrong.
    Response(ResponseFault),
    /// The keys are wrong.
    Keys(KeysFault),
    /// The token response is wrong.
    Token(TokenFault),
    /// The ID token is wrong.
    IdToken(IdTokenFault),
    /// The userinfo response is wrong.
    Userinfo(UserinfoFault),
}

impl Fault {
    /// Every misbehaviour.
    pub fn all() -> Vec<Self> {
        let troubles = Endpoint::ALL.iter().flat_map(|at| Outage::ALL.iter().map(|how| Self::Outage(*at, *how)));
        troubles
            .chain(MetadataFault::ALL.iter().map(|fault| Self::Metadata(*fault)))
            .chain(ResponseFault::ALL.iter().map(|fault| Self::Response(*fault)))
            .chain(KeysFault::ALL.iter().map(|fault| Self::Keys(*fault)))
            .chain(TokenFault::ALL.iter().map(|fault| Self::Token(*fault)))
            .chain(IdTokenFault::ALL.iter().map(|fault| Self::IdToken(*fault)))
            .chain(UserinfoFault::ALL.iter().map(|fault| Self::Userinfo(*fault)))
            .collect()
    }

    /// What must come of a sign-in with it.
    pub const fn expected(self) -> Expected {
        match self {
            Self::Outage(_, outage) => outage.expected(),
            Self::Metadata(fault) => fault.expected(),
            Self::Response(fault) => fault.expected(),
            Self::Keys(fault) => fault.expected(),
            Self::Token(fault) => fault.expected(),
            Self::IdToken(fault) => fault.expected(),
            Self::Userinfo(fault) => fault.expected(),
        }
    }

    /// Whether the response does not say which attempt it belongs to, so that the attempt goes on.
    pub const fn is_nobodys(self) -> bool {
        use ResponseFault as F;
        matches!(self, Self::Response(F::StateMissing | F::StateEmpty | F::StateOther | F::StateTwice))
    }

    /// Whether it shows before the ID token is verified, so that userinfo must not be called.
    pub const fn is_before_userinfo(self) -> bool {
        !matches!(self, Self::Userinfo(_) | Self::Outage(Endpoint::Userinfo, _))
    }
}

/// An endpoint that the core fetches from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// The metadata.
    Metadata,
    /// The keys.
    Keys,
    /// The token endpoint.
    Token,
    /// The userinfo endpoint.
    Userinfo,
}

impl Endpoint {
    /// Every endpoint.
    pub const ALL: &'static [Self] = &[Self::Metadata, Self::Keys, Self::Token, Self::Userinfo];
}
