//! The SQLSTATE that the engine reports for a mistake, which handlers of errors are for.

use super::parse::is_word;
use crate::diagnostic::Code;
use crate::postgres::split::Token;

/// The SQLSTATE of a mistake in a statement; nothing for kinds that no migration is known to handle.
#[must_use]
pub fn state(code: Code, statement: &[Token]) -> Option<&'static str> {
    Some(match code {
        Code::SyntaxError | Code::IllegalToken => "42601",
        Code::UnknownTable => "42P01",
        Code::UnknownParameter => "42P02",
        Code::UnknownColumn => "42703",
        Code::AmbiguousColumn => "42702",
        Code::UnknownFunction => "42883",
        Code::UnknownIndex
        | Code::UnknownConstraint
        | Code::UnknownTrigger
        | Code::UnknownType
        | Code::UnknownRole
        | Code::UnknownCollation
        | Code::UnknownObject
        | Code::UnknownSetting => "42704",
        // The server has no control file of that name.
        Code::UnknownExtension if statement.first().is_some_and(|it| is_word(it, "create")) => {
            "0A000"
        }
        Code::UnknownExtension => "42704",
        Code::NeedsNoTransaction => "25001",
        // What begins or ends a transaction is no statement of a body.
        Code::TransactionState => "0A000",
        Code::DuplicateColumn => "42701",
        Code::AlreadyExists => taken(statement),
        Code::StillUsed => "2BP01",
        Code::InvalidPrimaryKey => "42P16",
        Code::WrongObjectKind => "42809",
        Code::ConstraintFailed => "23000",
        _ => return None,
    })
}

/// The SQLSTATE for a name that is taken, which depends on what was to have it.
fn taken(statement: &[Token]) -> &'static str {
    let has = |word: &str| statement.iter().any(|token| is_word(token, word));
    let begins = |words: &[&str]| {
        let place = statement.iter().take(4);
        place
            .into_iter()
            .any(|token| words.iter().any(|word| is_word(token, word)))
    };
    let is = |word: &str| statement.first().is_some_and(|token| is_word(token, word));
    if is("alter") && begins(&["table"]) {
        return match () {
            () if has("constraint") && (has("unique") || has("primary")) => "42P07",
            () if has("constraint") => "42710",
            () if has("column") => "42701",
            () if has("rename") || has("set") => "42P07",
            () => "42701",
        };
    }
    if begins(&["schema"]) {
        return "42P06";
    }
    if begins(&["function", "procedure", "aggregate", "routine"]) {
        return "42723";
    }
    if begins(&[
        "trigger",
        "policy",
        "rule",
        "type",
        "domain",
        "extension",
        "role",
        "user",
        "publication",
    ]) {
        return "42710";
    }
    match begins(&[
        "table",
        "index",
        "view",
        "sequence",
        "materialized",
        "unique",
    ]) {
        true => "42P07",
        false => "42710",
    }
}
