//! A `WordPress` site, its visitors and an `OpenID` Provider in memory, to drive the core through
//! whole scenarios: no sockets, no sleeping, time is a variable.
//!
//! | room | holds |
//! |---|---|
//! | [`core`] | what is driven: the trait [`Core`] and the core called natively |
//! | [`message`] | HTTP requests and answers as plain values |
//! | [`site`] | `WordPress`: performs effects, keeps users, cookies and the log |
//! | [`provider`] | a provider of Logto's shape with real keys, and every way in which it can misbehave |
//! | [`http`] | the same provider behind a real socket on this machine |
//! | [`scenarios`] | the scenarios, each a whole sign-in, sign-out or attack |
//! | [`wycheproof`], [`json_texts`] | public test vectors: signatures, and texts that are JSON or not |
//! | [`random`] | inputs that were changed at random |
//! | [`figures`] | how a test tells what it tried |
//! | [`recording`] | what the core answered in them, for engines that are no Rust |
//!
//! Everything speaks the wire's JSON, not the core's Rust types: the wire is what is tested.
//! A broken promise panics, as a failed assertion does; this crate exists for tests alone.

#![allow(clippy::missing_panics_doc, reason = "an assertion that fails is what this crate is for")]

pub mod core;
pub mod figures;
pub mod http;
pub mod json_texts;
pub mod message;
pub mod provider;
pub mod random;
pub mod recording;
pub mod scenarios;
pub mod site;
pub mod wycheproof;

pub use crate::core::{Core, Native};
pub use provider::{Provider, fault::Fault};
pub use site::{Site, browser::Browser, outcome::Outcome};
