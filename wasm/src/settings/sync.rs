//! Which profile fields follow the provider, and when.

use super::row::Row;
use super::stored::flag_of;
use crate::protocol::Profile;
use serde_json::Value;

/// When a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// At no time.
    Never,
    /// When the account is made.
    First,
    /// When the account is made, and at each sign-in.
    Always,
}

impl Policy {
    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "never" => Some(Self::Never),
            "first" => Some(Self::First),
            "always" => Some(Self::Always),
            _ => None,
        }
    }

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::First => "first",
            Self::Always => "always",
        }
    }
}

/// The values of a setting.
pub const POLICIES: &[&str] = &[Policy::Always.word(), Policy::First.word(), Policy::Never.word()];

/// The policy of every field.
#[derive(Debug)]
pub struct ProfileSync(Vec<(&'static str, Policy)>);

impl ProfileSync {
    /// `fields` are the settings with the fields of [`Profile`] that they rule.
    pub(super) fn read(stored: &Value, fields: impl Iterator<Item = (&'static Row, &'static str)>) -> Self {
        let policy = |row: &Row| Policy::parse(&row.text(stored)).unwrap_or_else(|| default(stored, row));
        Self(fields.map(|(row, field)| (field, policy(row))).collect())
    }

    /// What a new account gets of `profile`.
    pub fn first(&self, profile: Profile) -> Profile {
        profile.only(|field| self.of(field) != Policy::Never)
    }

    /// What a later sign-in brings up to date; `None` when nothing follows the provider.
    pub fn later(&self, profile: Profile) -> Option<Profile> {
        let follows = self.0.iter().any(|(_, policy)| *policy == Policy::Always);
        follows.then(|| profile.only(|field| self.of(field) == Policy::Always))
    }

    fn of(&self, field: &str) -> Policy {
        self.0.iter().find(|(name, _)| *name == field).map_or(Policy::Never, |(_, policy)| *policy)
    }
}

/// The policy that applies until somebody chooses one. Language and website belong to the user, who changes them in
/// WordPress; `sync_profile`, one flag for all fields, is what version 0.1 stored.
pub fn default(stored: &Value, row: &Row) -> Policy {
    match Policy::parse(row.default) {
        Some(policy) if flag_of(stored, "sync_profile", true) => policy,
        _ => Policy::First,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::table::synced_fields;
    use serde_json::json;

    fn read(stored: &Value) -> ProfileSync {
        ProfileSync::read(stored, synced_fields())
    }

    fn profile() -> Profile {
        let text = || Some("x".to_owned());
        Profile { display_name: text(), email: text(), locale: text(), ..Profile::default() }
    }

    #[test]
    fn every_field_follows_its_own_policy() {
        let sync = read(&json!({"sync_display_name": "never", "sync_email": "first", "sync_locale": "always"}));
        let first = sync.first(profile());
        assert_eq!((first.display_name, first.email.is_some(), first.locale.is_some()), (None, true, true));
        let later = sync.later(profile()).expect("some field follows");
        assert_eq!((later.display_name, later.email, later.locale.is_some()), (None, None, true));
    }

    #[test]
    fn what_the_first_version_stored_is_understood() {
        assert!(read(&json!({"sync_profile": false})).later(profile()).is_none());
        let sync = read(&json!({"sync_profile": "1"}));
        let later = sync.later(profile()).expect("all fields follow");
        assert_eq!((later.email.is_some(), later.locale), (true, None));
        assert!(sync.first(profile()).locale.is_some());
    }
}
