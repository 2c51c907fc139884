//! The settings: the members of the WordPress option `logto_sign_in`.
//!
//! [`table::TABLE`] has one row for each. [`Settings::read`] reads what is stored, [`validate::check`] decides what of a
//! submitted form is stored. Each file uses only those above it:
//!
//! | file | holds |
//! |---|---|
//! | `stored` | stored values, read leniently |
//! | [`row`] | what a row is |
//! | `endpoint`, `text`, `connectors`, `landing_page`, `paths`, [`usernames`], [`roles`], [`meta`], `scopes`, `activity`, [`sync`] | what each kind of text may contain, and its one form |
//! | [`table`] | the rows: one for each setting |
//! | `logto`, `dingtalk`, `accounts`, `api` | what is read about each provider, about accounts, and about the REST API |
//! | `read` | [`Settings`] |
//! | [`validate`] | what of a form is stored |
//! | [`logto_plugin`] | the import |

mod accounts;
mod activity;
mod api;
mod connectors;
mod dingtalk;
mod endpoint;
mod landing_page;
mod logto;
pub mod logto_plugin;
pub mod meta;
mod paths;
mod read;
pub mod roles;
pub mod row;
mod scopes;
mod sessions;
mod stored;
pub mod sync;
pub mod table;
mod text;
pub mod usernames;
pub mod validate;

pub use accounts::{Accounts, AllowList, Provisioning};
pub use api::{Api, only_read};
pub use connectors::is_direct_sign_in;
pub use dingtalk::Dingtalk;
pub use endpoint::is_loopback;
pub use logto::Logto;
pub use meta::MetaRow;
pub use read::Settings;
pub use roles::{ClaimedRole, RoleMap};
pub use usernames::Usernames;

/// Every code that a problem with a setting or an import can have.
pub fn problems() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for code in table::TABLE
        .iter()
        .flat_map(row::Row::problems)
        .chain(logto_plugin::PROBLEMS)
        .chain([&validate::MANAGED_BY_NETWORK, &validate::PASSWORDS_NEEDED])
    {
        if !all.contains(code) {
            all.push(code);
        }
    }
    all
}
