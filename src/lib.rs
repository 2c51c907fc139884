//! The host of Logto Sign-In for WordPress.
