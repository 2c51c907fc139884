//! The host of Logto Sign-In for WordPress.
//!
//! The OpenID Connect client itself (wasm/, "the core") is WebAssembly, compiled to native code when
//! this crate is built. The host runs it in a box and carries messages to and from PHP; it knows
//! nothing of what they say.
//!
//! ```text
//! PHP ── process (stdio) ─┐
//! PHP ── sidecar (socket) ┼─ frames ─ sandbox ─ core
//! PHP ── ffi (cdylib) ────┘
//! ```
//!
//! | room | holds |
//! |---|---|
//! | [`sandbox`] | the core in its box: a fresh instance for each call |
//! | [`environment`] | time and entropy, which the core cannot get by itself |
//! | [`limits`] | every bound, with its reason |
//! | [`error`] | what PHP is told when the core gave no reply |
//! | [`native`] | the embedded code |
//! | [`config`] | wasmtime's configuration, shared with build.rs |
//! | [`frames`] | messages as lines |
//! | [`process`], [`sidecar`], [`ffi`] | the three transports |
//! | [`doctor`] | what works on this machine |
//!
//! `unsafe` is only in [`ffi`] (the C ABI) and [`native`] (loading code), and in the core's
//! `exports` (its ABI).

pub mod config;
pub mod doctor;
pub mod environment;
pub mod error;
pub mod ffi;
pub mod frames;
pub mod limits;
pub mod native;
pub mod process;
pub mod sandbox;
pub mod sidecar;
