//! The tokens of a down file that the history holds.

use crate::migration::Statement;
use crate::recorded::{self, Piece, PieceKind};
use tablature_lexer::postgres::{Boundary, Symbol, TokenKind, tokenize};

/// Where the statements of a recorded file stand in its text.
pub(super) fn statements(sql: &str) -> Vec<Statement> {
    recorded::statements(sql, pieces(sql))
}

/// Whether a recorded file opts out of the transaction.
pub(super) fn opts_out(sql: &str) -> bool {
    recorded::opts_out(sql, pieces(sql))
}

fn pieces(sql: &str) -> impl Iterator<Item = Piece> {
    let mut boundary = Boundary::default();
    tokenize(sql).into_iter().map(move |token| {
        let kind = match token.kind {
            TokenKind::Space | TokenKind::Comment => PieceKind::Blank,
            TokenKind::Symbol(Symbol::Semicolon) if boundary.ends_at_semicolon() => {
                boundary = Boundary::default();
                PieceKind::End
            }
            kind => {
                boundary.advance(kind);
                PieceKind::Part
            }
        };
        Piece {
            kind,
            start: token.start,
            end: token.end,
        }
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
