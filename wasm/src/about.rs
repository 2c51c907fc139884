//! What this core is.

use crate::codes::ErrorCode;
use crate::jose::Algorithm;
use crate::protocol::{Finding, Outcome};
use crate::settings::problems;

/// Version, algorithms, and every code that a reply can carry.
pub fn describe() -> Outcome {
    Outcome::About {
        version: env!("CARGO_PKG_VERSION"),
        algorithms: Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect(),
        codes: (ErrorCode::ALL.iter().map(|code| code.as_str()))
            .chain(problems())
            .chain(Finding::ALL.iter().map(|finding| finding.as_str()))
            .collect(),
    }
}
