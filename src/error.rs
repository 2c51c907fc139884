//! What can go wrong between a request and the core's reply, and what PHP is told then.
//!
//! A host error has the form of a refusal, so PHP needs no second way to fail:
//!
//! ```text
//! {"outcome":{"type":"refused","code":"core_trapped","status":500,"retry":true,"redirect_to":"","cookies":[]},
//!  "log":[{"code":"core_trapped","detail":"…"}]}
//! ```

use crate::limits;
use std::fmt;

/// Why the core gave no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// `core_trapped`: the core stopped in the middle. A defect of the core, never of a setting.
    /// Admin: report it with the detail.
    Trapped(String),
    /// `core_out_of_fuel`: the call took more than [`limits::FUEL`]. Admin: as above.
    OutOfFuel,
    /// `core_out_of_memory`: the call wanted more than [`limits::MEMORY`]. Admin: see whether the
    /// provider's answers are unusually long.
    OutOfMemory,
    /// `request_too_large`: more than [`limits::REQUEST`]. Admin: as above.
    RequestTooLarge,
    /// `core_unavailable`: the core could not be started on this machine. Admin: run
    /// `logto-sign-in doctor`.
    Unavailable(String),
}

impl Error {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Trapped(_) => "core_trapped",
            Self::OutOfFuel => "core_out_of_fuel",
            Self::OutOfMemory => "core_out_of_memory",
            Self::RequestTooLarge => "request_too_large",
            Self::Unavailable(_) => "core_unavailable",
        }
    }

    /// The reply that PHP gets in place of the core's.
    pub fn reply(&self) -> Vec<u8> {
        let code = self.code();
        serde_json::json!({
            "outcome": {
                "type": "refused", "code": code, "status": 500, "retry": true, "redirect_to": "", "cookies": [],
            },
            "log": [{ "code": code, "detail": self.to_string() }],
        })
        .to_string()
        .into_bytes()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trapped(cause) => write!(f, "the core stopped: {cause}"),
            Self::OutOfFuel => write!(f, "the core needed more than {} units of fuel", limits::FUEL),
            Self::OutOfMemory => write!(f, "the core needed more than {} bytes of memory", limits::MEMORY),
            Self::RequestTooLarge => write!(f, "the request is longer than {} bytes", limits::REQUEST),
            Self::Unavailable(cause) => write!(f, "the core could not be started: {cause}"),
        }
    }
}

impl std::error::Error for Error {}
