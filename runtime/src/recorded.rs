//! The text of a down file that the history holds: a newer program has compiled it, and this one has not.
//!
//! Only what its tokens are is an engine's business.

use crate::migration::Statement;

/// A token, as far as it matters where statements begin and end.
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    /// The first and one past the last byte.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// White space or a comment.
    Blank,
    /// A semicolon that ends a statement.
    End,
    /// A part of a statement.
    Part,
}

/// Where the statements of a recorded file stand in its text.
pub(crate) fn statements(sql: &str, pieces: impl Iterator<Item = Piece>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut first: Option<usize> = None;
    let mut end = 0;
    for piece in pieces {
        match piece.kind {
            PieceKind::Blank => {}
            PieceKind::End => statements.extend(first.take().map(|start| place(sql, start, end))),
            PieceKind::Part => {
                first.get_or_insert(piece.start);
                end = piece.end;
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
pub(crate) fn opts_out(sql: &str, pieces: impl Iterator<Item = Piece>) -> bool {
    let mut leading = pieces.take_while(|piece| piece.kind == PieceKind::Blank);
    leading.any(|piece| {
        let text = sql.get(piece.start..piece.end).unwrap_or_default();
        let words = text.strip_prefix("--").unwrap_or_default().trim_start();
        let end = words.find(|c: char| !(c.is_ascii_alphabetic() || c == '-'));
        words.get(..end.unwrap_or(words.len())) == Some("no-transaction")
    })
}
