//! The text of a down file that the history holds: a newer program has compiled it, and this one has not.

use crate::migration::Statement;
use tablature_lexer::postgres::{Boundary, Symbol, TokenKind, tokenize};

/// Where the statements of a recorded file stand in its text.
pub(super) fn statements(sql: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut boundary = Boundary::default();
    let mut first: Option<usize> = None;
    let mut end = 0;
    for token in tokenize(sql) {
        match token.kind {
            TokenKind::Space | TokenKind::Comment => continue,
            TokenKind::Symbol(Symbol::Semicolon) if boundary.ends_at_semicolon() => {
                statements.extend(first.take().map(|start| place(sql, start, end)));
                boundary = Boundary::default();
            }
            kind => {
                first.get_or_insert(token.start);
                end = token.end;
                boundary.advance(kind);
            }
        }
    }
    statements.extend(first.map(|start| place(sql, start, end)));
    statements
}

fn place(sql: &str, start: usize, end: usize) -> Statement {
    let before = sql.get(..start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = 1 + before.matches('\n').count();
    let column = 1 + before
        .get(line_start..)
        .map_or(0, |line| line.chars().count());
    Statement {
        start,
        end,
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}

/// Whether a recorded file opts out of the transaction: by a line before its first statement that begins with
/// `-- no-transaction`.
pub(super) fn opts_out(sql: &str) -> bool {
    let blank = |kind| matches!(kind, TokenKind::Space | TokenKind::Comment);
    let tokens = tokenize(sql);
    let mut leading = tokens.iter().take_while(|token| blank(token.kind));
    leading.any(|token| {
        let text = sql.get(token.start..token.end).unwrap_or_default();
        let words = text.strip_prefix("--").unwrap_or_default().trim_start();
        let end = words.find(|c: char| !(c.is_ascii_alphabetic() || c == '-'));
        words.get(..end.unwrap_or(words.len())) == Some("no-transaction")
    })
}

#[cfg(test)]
mod tests {
    use super::{opts_out, statements};

    #[test]
    fn statements_end_where_the_engine_ends_them() {
        let sql = "-- first\nDROP TABLE a ;;\n CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT 1; $$;\nSELECT ';'";
        let found: Vec<(&str, u32, u32)> = statements(sql)
            .iter()
            .map(|found| (&sql[found.start..found.end], found.line, found.column))
            .collect();
        assert_eq!(
            found,
            [
                ("DROP TABLE a", 2, 1),
                (
                    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT 1; $$",
                    3,
                    2
                ),
                ("SELECT ';'", 4, 1),
            ]
        );
    }

    #[test]
    fn a_leading_line_opts_out_of_the_transaction() {
        assert!(opts_out("/* a */\n--no-transaction: why\nVACUUM"));
        assert!(!opts_out("VACUUM -- no-transaction"));
    }
}
