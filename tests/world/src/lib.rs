//! A whole world on one machine, for trying and testing the plugin.
//!
//! Read from the top: [`demo`] is a whole sign-in; a [`World`](world::World) holds the running services that it needs;
//! the other rooms each hold one thing. [`verify`] runs every check of the project.
//!
//! Servers listen on the loopback interface or on Unix sockets only, and end with the process that started them:
//! normally through `Drop`, on a signal through [`process::stop_all`], and if this process is killed through the
//! kernel's parent-death signal. Everything is kept under `target/world`.

#![allow(clippy::missing_errors_doc, reason = "every error here is a message for the person at the terminal")]

pub mod accessibility;
pub mod authority;
pub mod browser;
pub mod chromium;
pub mod cookie_client;
pub mod database;
pub mod demo;
mod devtools;
pub mod figures;
pub mod http;
pub mod install;
pub mod package;
pub mod pages;
pub mod paths;
pub mod php;
pub mod pictures;
pub mod process;
pub mod progress;
pub mod providers;
pub mod proxy;
pub mod redis;
pub mod secrets;
pub mod verify;
pub mod web;
pub mod webview;
pub mod wordpress;
pub mod world;

pub use anyhow::{Context, Result, anyhow, bail, ensure};
