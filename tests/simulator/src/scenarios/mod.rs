//! The scenarios: each drives one core through a whole sign-in, sign-out or attack, and asserts what
//! came of it.
//!
//! [`each_scenario!`](crate::each_scenario) hands their names to a macro, so that every transport has one
//! test for each:
//!
//! ```text
//! macro_rules! natively {
//!     ($($name:ident,)*) => { $(#[test] fn $name() { simulator::scenarios::$name(&mut simulator::Native::new()); })* };
//! }
//! simulator::each_scenario!(natively);
//! ```
//!
//! `build.rs` lists the scenarios: each `pub fn name(core: &mut dyn Core)` here is one.
//!
//! [`timed`] holds those that need another time than the present: they run on [`crate::Native`] alone.
//!
//! Beside what a scenario asserts itself, [`crate::Site`] asserts at every step that replies have exactly
//! the documented shape, that refusals are logged, and that no log line and no outcome tells a secret.

mod access;
mod access_token;
mod accounts;
mod arrival;
mod callback;
mod claims;
mod connect;
mod dingtalk_app;
mod faults;
mod import;
mod issuer;
mod logout;
mod revalidation;
mod same_person;
mod secrets;
mod settings;
mod sign_in;
mod sign_out;
mod silence;
mod silent;
mod tampering;
pub mod timed;
mod trial;

pub use access::*;
pub use access_token::*;
pub use accounts::*;
pub use arrival::*;
pub use callback::*;
pub use claims::*;
pub use connect::*;
pub use dingtalk_app::*;
pub use faults::*;
pub use import::*;
pub use issuer::*;
pub use logout::*;
pub use revalidation::*;
pub use same_person::*;
pub use secrets::*;
pub use settings::*;
pub use sign_in::*;
pub use sign_out::*;
pub use silence::*;
pub use silent::*;
pub use tampering::*;
pub use trial::*;

use crate::core::Core;

/// A scenario.
pub type Scenario = fn(&mut dyn Core);

macro_rules! scenarios {
    ($d:tt $($name:ident,)+) => {
        /// Every scenario with its name.
        pub const ALL: &[(&str, Scenario)] = &[$((stringify!($name), $name),)+];

        /// Hands the name of every scenario to the macro `$then`.
        #[macro_export]
        macro_rules! each_scenario {
            ($d then:ident) => { $d then! { $($name,)+ } };
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));
