//! Which role of Logto gives which role of WordPress.

use super::row::Grammar;

/// A role of WordPress; the [checks](super::validate) ask whether the site has it.
pub const ROLE: Grammar = Grammar { form: "role", sanitize: |role| Ok(role.to_owned()), problems: &["role_unknown"] };

/// See [`rows`]; the [checks](super::validate) ask whether the site has each role.
pub const ROLE_MAP: Grammar = Grammar {
    form: "lines `Logto role = WordPress role`",
    sanitize: |text| rows(text).map(|rows| rows.iter().map(RoleRow::line).collect::<Vec<_>>().join("\n")),
    problems: &["role_map_invalid", "role_unknown"],
};

/// Whole days, at most ten years.
pub const GRANT_DAYS: Grammar = Grammar { form: "number", sanitize: days, problems: &["grant_days_invalid"] };

/// Most rows of a mapping.
const MAX_ROWS: usize = 100;
/// Longest name of a role.
const MAX_NAME_CHARS: usize = 128;
/// Longest mapping, in bytes: longer ones have more rows, or longer names. It is looked at first, since every row is
/// compared with those before it.
pub(super) const MAX_BYTES: usize = 128 * 1024;
/// Most days of [`GRANT_DAYS`].
const MAX_DAYS: u32 = 3650;
/// Begins the name of an organization's role: `org:<organization id>:<role>`.
const ORGANIZATION: &str = "org:";

/// The mapping, in the admin's order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RoleMap {
    /// Its rows.
    pub rows: Vec<RoleRow>,
    /// Whether every row that fits counts, or the first alone.
    pub all: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// What the visitor has at Logto.
    pub claimed: ClaimedRole,
    /// What the user gets in WordPress.
    pub role: String,
}

/// A role at Logto. The two kinds are in different claims, so that no name of one is taken for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimedRole {
    /// An element of the claim `roles`.
    Role(String),
    /// An element of the claim `organization_roles`: `<organization id>:<role>`.
    OrganizationRole(String),
}

impl RoleMap {
    /// The mapping of a stored text; one that cannot be read gives nobody a role.
    pub(super) fn parse(text: &str, mode: &str) -> Self {
        Self { rows: rows(text).unwrap_or_default(), all: mode == "all" }
    }

    /// Whether a row is about the claim `roles`.
    pub fn asks_for_roles(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.claimed, ClaimedRole::Role(_)))
    }

    /// Whether a row is about the claim `organization_roles`.
    pub fn asks_for_organization_roles(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.claimed, ClaimedRole::OrganizationRole(_)))
    }
}

impl RoleRow {
    /// The row as it is stored.
    pub fn line(&self) -> String {
        match &self.claimed {
            ClaimedRole::Role(name) => format!("{name} = {}", self.role),
            ClaimedRole::OrganizationRole(name) => format!("{ORGANIZATION}{name} = {}", self.role),
        }
    }
}

/// The rows of a mapping, from lines `Logto role = WordPress role`. No role of WordPress has an equals sign, a role of
/// Logto may have one.
///
/// # Errors
/// The code of the problem.
pub fn rows(text: &str) -> Result<Vec<RoleRow>, &'static str> {
    if text.len() > MAX_BYTES {
        return Err("role_map_invalid");
    }
    let mut rows: Vec<RoleRow> = Vec::new();
    for line in text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let (name, role) = line.rsplit_once('=').ok_or("role_map_invalid")?;
        let row = RoleRow { claimed: claimed(name.trim())?, role: slug(role.trim())? };
        if !rows.contains(&row) {
            rows.push(row);
        }
        if rows.len() > MAX_ROWS {
            return Err("role_map_invalid");
        }
    }
    Ok(rows)
}

fn claimed(name: &str) -> Result<ClaimedRole, &'static str> {
    let readable = |text: &str| {
        (1..=MAX_NAME_CHARS).contains(&text.chars().count())
            && text.trim() == text
            && !text.chars().any(char::is_control)
    };
    match name.strip_prefix(ORGANIZATION) {
        None if readable(name) => Ok(ClaimedRole::Role(name.to_owned())),
        Some(rest) if rest.split_once(':').is_some_and(|(id, role)| readable(id) && readable(role)) => {
            Ok(ClaimedRole::OrganizationRole(rest.to_owned()))
        }
        _ => Err("role_map_invalid"),
    }
}

fn slug(role: &str) -> Result<String, &'static str> {
    let valid = (1..=MAX_NAME_CHARS).contains(&role.len()) && role.bytes().all(|b| b.is_ascii_graphic());
    valid.then(|| role.to_owned()).ok_or("role_map_invalid")
}

fn days(text: &str) -> Result<String, &'static str> {
    whole_days(text, MAX_DAYS).ok_or("grant_days_invalid")
}

/// A whole number of days in its one form; `None` when it is none, or more than `most`.
pub(super) fn whole_days(text: &str, most: u32) -> Option<String> {
    let whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let days = text.parse().ok().filter(|days: &u32| whole && *days <= most);
    days.map(|days| days.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_a_whole_number() {
        for (text, stored) in [("0", "0"), ("30", "30"), ("007", "7"), ("3650", "3650")] {
            assert_eq!(days(text).as_deref(), Ok(stored));
        }
        for text in ["", "-1", "+7", "1.5", "3651", "99999999999", "a week", "٣"] {
            assert_eq!(days(text), Err("grant_days_invalid"), "{text}");
        }
    }

    #[test]
    fn rows_keep_their_order_and_their_form() {
        let text = "site admin=administrator\r\n\n org:o1:member = author \nsite admin = administrator\na=b = editor";
        let lines: Vec<_> = rows(text).expect("rows").iter().map(RoleRow::line).collect();
        assert_eq!(lines, ["site admin = administrator", "org:o1:member = author", "a=b = editor"]);
        let again: Vec<_> = rows(&lines.join("\n")).expect("rows").iter().map(RoleRow::line).collect();
        assert_eq!(again, lines);
    }

    #[test]
    fn an_organizations_role_is_never_a_role() {
        let rows = rows("org:o1:admin = editor").expect("a row");
        assert_eq!(rows[0].claimed, ClaimedRole::OrganizationRole("o1:admin".to_owned()));
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for text in
            ["editor", "= editor", "editor =", "org:o1 = editor", "org::x = editor", "a = two words", "a\u{7} = b"]
        {
            assert_eq!(rows(text), Err("role_map_invalid"), "{text}");
        }
        let many: Vec<_> = (0..=MAX_ROWS).map(|n| format!("r{n} = editor")).collect();
        assert_eq!(rows(&many.join("\n")), Err("role_map_invalid"));
    }
}
