//! What is asked of a provider and what its answers must be: one file per endpoint.

pub mod answer;
pub mod authorization;
pub mod check;
pub mod date;
pub mod dingtalk;
pub mod discovery;
pub mod end_session;
pub mod failure;
pub mod http;
pub mod jwks;
pub mod token;
pub mod userinfo;
