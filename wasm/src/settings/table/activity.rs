//! The rows about what the plugin notes down and tells the admin.

use crate::protocol::Manager;
use crate::settings::roles::whole_days;
use crate::settings::row::Kind::{self, Flag, Text};
use crate::settings::row::{Grammar, Row, Section};

/// How long Logto › Activity keeps a row.
pub(super) const DAYS: Row = row(
    "activity_days",
    Text(Grammar { form: "number", sanitize: days, problems: &[DAYS_INVALID] }),
    "30",
    Manager::Site,
    "Days for which Logto › Activity keeps sign-ins, refusals and changes, at most 365. `0`: nothing is recorded.",
);

/// Whether a row has the visitor's address.
pub(super) const IP: Row =
    row("activity_ip", Flag, "off", Manager::Site, "Record the visitor's IP address in Logto › Activity.");

/// Mail about sign-ins that fail.
pub(super) const FAILURE_MAIL: Row = row(
    "failure_mail",
    Flag,
    "on",
    Manager::Site,
    "Email the site's administration address, at most once a day, while sign-ins fail in a row because of the server, the \
     settings or the provider.",
);

/// Mail about new accounts.
pub(super) const NEW_ACCOUNT_MAIL: Row = Row {
    section: Section::Accounts,
    ..row(
        "new_account_mail",
        Flag,
        "off",
        Manager::Network,
        "Email the administration address of the site, or of its network, about each new account. One that needs approval \
         is always announced.",
    )
};

/// Most days of [`DAYS`].
const MAX_DAYS: u32 = 365;
const DAYS_INVALID: &str = "activity_days_invalid";

const fn row(name: &'static str, kind: Kind, default: &'static str, managed_by: Manager, about: &'static str) -> Row {
    Row { name, kind, default, secret: false, managed_by, section: Section::Advanced, about }
}

fn days(text: &str) -> Result<String, &'static str> {
    whole_days(text, MAX_DAYS).ok_or(DAYS_INVALID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_the_longest_time() {
        for (text, stored) in
            [("0", Ok("0")), ("365", Ok("365")), ("366", Err(DAYS_INVALID)), ("-1", Err(DAYS_INVALID))]
        {
            assert_eq!(days(text).as_deref(), stored.as_ref().copied(), "{text}");
        }
    }
}
