//! Modules whose columns never differ.

use super::{Answer, Call, Made, Refusal};
use tablature_lexer::dequote;

/// The terms of an FTS4 table.
pub(super) fn fts4aux(call: Call<'_>) -> Answer {
    let is_temporary = call.database.eq_ignore_ascii_case("temp");
    match call.arguments.len() {
        1 => {}
        2 if is_temporary => {}
        _ => return Err(Refusal::new("it takes the name of an FTS4 table")),
    }
    declared("CREATE TABLE x(term, col, documents, occurrences, languageid HIDDEN)")
}

/// A tokenizer at work.
pub(super) fn fts3tokenize(call: Call<'_>) -> Answer {
    if let Some(first) = call.arguments.first() {
        let name = dequote(&first.text);
        let is_known = super::fts3::TOKENIZERS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name));
        if !is_known && !call.rules.is_registered(&name) {
            return Err(Refusal::at(first, format!("no tokenizer `{name}`")));
        }
    }
    declared("CREATE TABLE x(input, token, start, end, position)")
}

/// How the pages of a database are used.
pub(super) fn dbstat(call: Call<'_>) -> Answer {
    if let Some(first) = call.arguments.first() {
        let name = dequote(&first.text);
        if call.catalog.database(&name).is_none() {
            return Err(Refusal::at(first, format!("no database `{name}`")));
        }
    }
    declared(
        "CREATE TABLE x(name TEXT, path TEXT, pageno INTEGER, pagetype TEXT, ncell INTEGER, \
         payload INTEGER, unused INTEGER, mx_payload INTEGER, pgoffset INTEGER, pgsize INTEGER, \
         schema TEXT HIDDEN, aggregate BOOLEAN HIDDEN)",
    )
}

/// A table without shadow tables.
pub(super) fn declared(declaration: &str) -> Answer {
    Ok(Made {
        declaration: declaration.to_owned(),
        unindexed: Vec::new(),
        shadows: Vec::new(),
    })
}
