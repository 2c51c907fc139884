//! What a row of the settings table is.

use super::stored::{flag_of, flag_word, text_in, text_of};
use crate::protocol::Manager;
use serde_json::{Value, json};

/// One setting: a member of the WordPress option `logto_sign_in`.
#[derive(Debug)]
pub struct Row {
    /// Its name in the option.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The value that applies until somebody enters one: a text as it is stored; `on` or `off` for a flag.
    pub default: &'static str,
    /// Whether it is never shown, logged or exported.
    pub secret: bool,
    /// Who may change it on a network of sites. A setting that decides about users is the network's: users, their
    /// accounts and their sessions are the same on all sites.
    pub managed_by: Manager,
    /// Its section of the settings page.
    pub section: Section,
    /// What it does, in one sentence for README.
    pub about: &'static str,
}

/// The code of a word that means neither on nor off.
const FLAG_UNKNOWN: &str = "choice_unknown";

/// What a setting holds.
#[derive(Debug)]
pub enum Kind {
    /// A boolean.
    Flag,
    /// One of these values, and the code of the problem with any other. The order of the words in a value does not matter.
    Choice(&'static [&'static str], &'static str),
    /// A text with a grammar.
    Text(Grammar),
}

/// What a text may contain, and the one form in which it is stored.
#[derive(Debug)]
pub struct Grammar {
    /// The form in words, for README.
    pub form: &'static str,
    /// The text in that form, or the code of the problem. Sanitizing twice changes nothing.
    pub sanitize: fn(&str) -> Result<String, &'static str>,
    /// Every code that a problem with the setting can have.
    pub problems: &'static [&'static str],
}

/// A section of the settings page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The Logto tenant.
    Connection,
    /// Buttons of the login page.
    Buttons,
    /// Direct sign-in with DingTalk.
    Dingtalk,
    /// Who is let in, and who gets an account.
    Accounts,
    /// Usernames and profile fields.
    Profiles,
    /// WordPress roles.
    Roles,
    /// Where a sign-in leads, and how long it lasts.
    Sessions,
    /// Other ways in, and what a site shows without any.
    Access,
    /// What few sites need.
    Advanced,
    /// Access tokens for the REST API.
    Api,
}

impl Section {
    /// In the order of the page.
    pub const ALL: &[Self] = &[
        Self::Connection,
        Self::Buttons,
        Self::Dingtalk,
        Self::Accounts,
        Self::Profiles,
        Self::Roles,
        Self::Sessions,
        Self::Access,
        Self::Advanced,
        Self::Api,
    ];

    /// Its name in PHP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Buttons => "buttons",
            Self::Dingtalk => "dingtalk",
            Self::Accounts => "accounts",
            Self::Profiles => "profiles",
            Self::Roles => "roles",
            Self::Sessions => "sessions",
            Self::Access => "access",
            Self::Advanced => "advanced",
            Self::Api => "api",
        }
    }
}

/// A boolean: `on` or `off` until somebody chooses.
pub(super) const fn flag(name: &'static str, default: &'static str, section: Section) -> Row {
    Row::of(name, Kind::Flag, section).default(default)
}

/// One of these values, and the code of the problem with any other.
pub(super) const fn choice(
    name: &'static str,
    values: &'static [&'static str],
    unknown: &'static str,
    section: Section,
) -> Row {
    Row::of(name, Kind::Choice(values, unknown), section)
}

/// A text with a grammar.
pub(super) const fn text(name: &'static str, grammar: Grammar, section: Section) -> Row {
    Row::of(name, Kind::Text(grammar), section)
}

impl Row {
    /// The network's, empty, and not secret, until a row says otherwise.
    const fn of(name: &'static str, kind: Kind, section: Section) -> Self {
        Self { name, kind, default: "", secret: false, managed_by: Manager::Network, section, about: "" }
    }

    /// With a value that applies until somebody enters one.
    pub(super) const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// Never shown, logged or exported.
    pub(super) const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// Chosen by each site of a network for itself.
    pub(super) const fn of_a_site(self) -> Self {
        Self { managed_by: Manager::Site, ..self }
    }

    /// With a sentence for README.
    pub(super) const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// What is stored of `given`, or the code of its problem. An empty text means the default.
    ///
    /// # Errors
    /// One of [`Self::problems`].
    pub fn sanitize(&self, given: &Value) -> Result<Value, &'static str> {
        let text = text_in(given);
        match &self.kind {
            Kind::Flag if given.is_null() => Ok(json!(self.default_flag())),
            Kind::Flag => flag_word(given).map(|flag| json!(flag)).ok_or(FLAG_UNKNOWN),
            _ if text.is_empty() && !self.default.is_empty() => Ok(json!(self.default)),
            Kind::Choice(values, unknown) => {
                values.iter().find(|value| words(value) == words(&text)).map(|value| json!(value)).ok_or(*unknown)
            }
            Kind::Text(grammar) => (grammar.sanitize)(&text).map(|text| json!(text)),
        }
    }

    /// Every code that a problem with this setting can have.
    pub const fn problems(&self) -> &[&'static str] {
        match &self.kind {
            Kind::Flag => &[FLAG_UNKNOWN],
            Kind::Choice(_, unknown) => std::slice::from_ref(unknown),
            Kind::Text(grammar) => grammar.problems,
        }
    }

    /// Whether this manager may change it.
    pub fn may_be_changed_by(&self, manager: Manager) -> bool {
        manager == Manager::Network || self.managed_by == manager
    }

    /// The stored text, which may be anything.
    pub(super) fn text(&self, stored: &Value) -> String {
        text_of(stored, self.name)
    }

    /// The stored text in its one form; the default where nothing usable is stored.
    pub(super) fn text_or_default(&self, stored: &Value) -> String {
        let stored = self.sanitize(stored.get(self.name).unwrap_or(&Value::Null));
        stored.map_or_else(|_| self.default.to_owned(), |value| text_in(&value))
    }

    /// The stored flag.
    pub(super) fn flag(&self, stored: &Value) -> bool {
        flag_of(stored, self.name, self.default_flag())
    }

    /// The default of a flag.
    fn default_flag(&self) -> bool {
        self.default == "on"
    }
}

/// The words of a text, in one order.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<_> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}
