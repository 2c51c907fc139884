//! What a verified token is, and the visitor whom it describes.
//!
//! [`Verified`] is the proof: code that wants one cannot be handed an unverified token, because only the verifiers of this
//! room make one.

pub mod access;
pub mod claims;
mod dingtalk_user;
pub mod id;
pub mod logout;
mod verified;
pub mod visitor;

#[cfg(test)]
mod tests;

pub use dingtalk_user::DingtalkUser;
pub use verified::Verified;
pub use visitor::Visitor;
