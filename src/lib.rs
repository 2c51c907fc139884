//! The host of Logto Sign-In for WordPress.
//!
//! The OpenID Connect client itself (wasm/, "the core") is WebAssembly, compiled to native code when
//! this crate is built. The host runs it in a sandbox and carries lines to and from PHP; it knows
//! nothing of what they say.
//!
//! ```text
//! PHP ── process (stdio) ─┬─ frames ─ session ─┬─ operation ─ core
//! PHP ── sidecar (socket) ┘                    │
//! PHP ── ffi (cdylib) ────── handles ──────────┘
//! ```
//!
//! An operation is one instance of the core: its first line is a request, each further line the
//! answer to the effect before it, and its last reply an outcome. The host keeps the instance
//! between two lines, and asks the core alone whether another line belongs to it.
//!
//! | room | holds |
//! |---|---|
//! | [`config`] | wasmtime's configuration, shared with build.rs |
//! | [`limits`] | every bound, with its reason |
//! | [`native`] | the core's native code, which is part of the program |
//! | `program` | the program beside the library, which maps its code |
//! | [`environment`] | time and entropy, which the core cannot get by itself |
//! | [`error`] | what PHP is told when the core gave no reply |
//! | [`operation`] | an instance of the core, from request to outcome |
//! | [`sandbox`] | the loaded core, which begins operations |
//! | [`frames`] | messages as lines |
//! | [`session`] | the operation that belongs to a stream |
//! | [`handles`] | the operations that belong to a thread |
//! | `descriptors` | what a child inherits, and closes |
//! | `confinement` | what the program refuses to itself |
//! | [`process`], [`sidecar`], [`ffi`] | the three transports |
//! | [`doctor`] | what works on this machine |
//!
//! `unsafe` is only in [`ffi`] (the C ABI), [`native`] (loading code), `program` (mapping it)
//! and `descriptors` (closing them); and in the core, in `exports` (its ABI) and `host` (what the PHP engine imports).

pub mod config;
mod confinement;
mod descriptors;
pub mod doctor;
pub mod environment;
pub mod error;
pub mod ffi;
pub mod frames;
pub mod handles;
pub mod limits;
pub mod native;
pub mod operation;
pub mod process;
mod program;
pub mod sandbox;
pub mod session;
pub mod sidecar;
