//! Finds rows of the table.

use super::TABLE;
use crate::settings::row::Row;

/// Each `sync_…` setting with the field of [`Profile`](crate::protocol::Profile) that it rules: `sync_email` rules `email`.
pub fn synced_fields() -> impl Iterator<Item = (&'static Row, &'static str)> {
    TABLE.iter().filter_map(|row| row.name.strip_prefix("sync_").map(|field| (row, field)))
}

/// The row of a setting. In a `const` block, a name that is not in the table does not compile.
///
/// # Panics
/// When there is no such setting.
pub const fn row(name: &str) -> &'static Row {
    let mut index = 0;
    while index < TABLE.len() {
        if equal(TABLE[index].name.as_bytes(), name.as_bytes()) {
            return &TABLE[index];
        }
        index += 1;
    }
    panic!("no setting has this name")
}

/// `==`, which is not `const` for slices.
const fn equal(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}
