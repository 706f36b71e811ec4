//! fts5vocab: the terms of an FTS5 table.

use super::{Answer, Call, Refusal, simple};
use tablature_lexer::dequote;

pub(super) fn construct(call: Call<'_>) -> Answer {
    let (_, kind) = match call.arguments {
        [table, kind] => (table, kind),
        [_, table, kind] if call.database == "temp" => (table, kind),
        _ => {
            return Err(Refusal::new(
                "it takes the name of an FTS5 table and one of `row`, `col` and `instance`",
            ));
        }
    };
    match dequote(&kind.text).to_ascii_lowercase().as_str() {
        "row" => simple::declared("CREATE TABLE vocab(term, doc, cnt)"),
        "col" => simple::declared("CREATE TABLE vocab(term, col, doc, cnt)"),
        "instance" => simple::declared("CREATE TABLE vocab(term, doc, col, offset)"),
        _ => Err(Refusal::at(
            kind,
            "the kind of table is one of `row`, `col` and `instance`",
        )),
    }
}
