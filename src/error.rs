//! What can go wrong between a line and the core's reply, and what PHP is told then.
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
    /// `core_out_of_fuel`: a line took more than [`limits::FUEL`]. Admin: as above.
    OutOfFuel,
    /// `core_out_of_memory`: the operation wanted more than [`limits::MEMORY`]. Admin: see whether the
    /// provider's answers are unusually long.
    OutOfMemory,
    /// `request_too_large`: a request or an answer is longer than [`limits::LINE`]. Admin: as above.
    RequestTooLarge,
    /// `core_unavailable`: the core could not be started on this machine. Admin: run
    /// `logto-sign-in doctor`.
    Unavailable(String),
    /// `operation_ended`: an answer came for an operation that is over: it was idle for
    /// [`limits::IDLE`], or more than [`limits::OPEN_OPERATIONS`] were open. Admin: see what other
    /// plugins do during a sign-in that takes so long.
    OperationEnded,
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
            Self::OperationEnded => "operation_ended",
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
            Self::RequestTooLarge => write!(f, "the line is longer than {} bytes", limits::LINE),
            Self::Unavailable(cause) => write!(f, "the core could not be started: {cause}"),
            Self::OperationEnded => {
                let (seconds, most) = (limits::IDLE.as_secs(), limits::OPEN_OPERATIONS);
                write!(f, "the operation is over: it was idle for {seconds} seconds, or more than {most} were open")
            }
        }
    }
}

impl std::error::Error for Error {}
