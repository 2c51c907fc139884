//! The settings: the members of the WordPress option `logto_sign_in`.
//!
//! [`table::TABLE`] has one row for each. [`Settings::read`] reads what is stored, [`validate::check`] decides what of a
//! submitted form is stored. Of the other files, each below the table holds one kind of text, its grammar and its one
//! form, and each above it what a sign-in reads from several settings.
//!
//! | file | holds |
//! |---|---|
//! | `stored` | values of whatever scalar type |
//! | [`row`] | what a row is |
//! | `endpoint`, `text`, `connectors`, [`usernames`], [`roles`], [`sync`] | the grammars |
//! | [`table`] | the rows |
//! | `logto`, `dingtalk`, `accounts` | what is read for each provider, and for accounts |
//! | `read` | all of it |
//! | [`validate`] | what of a form is stored |
//! | [`logto_plugin`] | the import |

mod accounts;
mod connectors;
mod dingtalk;
mod endpoint;
mod logto;
pub mod logto_plugin;
mod read;
pub mod roles;
pub mod row;
mod stored;
pub mod sync;
pub mod table;
mod text;
pub mod usernames;
pub mod validate;

pub use accounts::{Accounts, AllowList, Provisioning};
pub use connectors::is_direct_sign_in;
pub use dingtalk::Dingtalk;
pub use endpoint::is_loopback;
pub use logto::Logto;
pub use read::Settings;
pub use roles::{ClaimedRole, RoleMap};
pub use usernames::Usernames;

/// Every code that a problem with a setting or an import can have.
pub fn problems() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for code in table::TABLE.iter().flat_map(row::Row::problems).chain(logto_plugin::PROBLEMS) {
        if !all.contains(code) {
            all.push(code);
        }
    }
    all
}
