//! The form in which two statements are equal when they mean the same.

/// Returns the normal form of a statement.
#[must_use]
pub fn normal_form(sql: &str) -> String {
    sql.to_owned()
}
