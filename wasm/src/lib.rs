//! The OpenID Connect client of Logto Sign-In.
//!
//! Every rule lives here and nothing else does: this crate performs no I/O, reads no clock and draws no entropy. A
//! [`Conversation`](conversation::Conversation) takes a request and gives a reply, then takes an answer for each effect
//! that a reply asks for; [`protocol`] documents all of them.
//!
//! A room uses only rooms above it:
//!
//! | room | holds |
//! |---|---|
//! | [`codes`] | why a visitor is refused |
//! | `host` | what the host computes, in a build without the feature `arithmetic` |
//! | [`text`], [`json`] | strings and objects from outside |
//! | [`environment`], [`crypto`] | time and entropy; sealed values, PKCE, secrets |
//! | [`jose`] | signatures |
//! | [`protocol`] | the messages |
//! | [`settings`] | the one settings table |
//! | [`token`] | what a verified token is, and the visitor whom it describes |
//! | [`provider`] | what providers are asked and must answer: a request and a judgment for each endpoint |
//! | [`account`] | who is let in, whose account it is, and what it is called |
//! | [`about`] | what this core is |
//! | [`context`] | what an operation runs on |
//! | [`flow`] | the operations: sign in, link, sign out, check, import |
//! | [`conversation`] | the executor |
//! | `browser` | what the settings page runs, in a build with the feature `browser` |
//! | `exports` | the ABI of the WebAssembly module |
//!
//! # A sign-in
//!
//! An operation is one `async` function. Where it waits for WordPress, it performs an [effect](protocol::Effect). This is
//! how a sign-in at Logto ends, whole, as `flow/sign_in.rs` has it:
//!
//! ```text
#![doc = include_str!("flow/sign_in.rs")]
//! ```

#![deny(unsafe_code)]

pub mod about;
pub mod account;
#[cfg(feature = "browser")]
pub mod browser;
pub mod codes;
pub mod context;
pub mod conversation;
pub mod crypto;
pub mod environment;
#[cfg(any(doc, target_arch = "wasm32"))]
pub mod exports;
pub mod flow;
#[cfg(not(feature = "arithmetic"))]
mod host;
pub mod jose;
pub mod json;
pub mod protocol;
pub mod provider;
pub mod settings;
pub mod text;
pub mod token;
