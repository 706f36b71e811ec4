//! Rows that the history itself has written, so that they are there on every database.

use crate::text::Span;

/// What is known of the rows of a table that surely has some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertainRows {
    /// The INSERT that wrote the first of them.
    pub written: Span,
    /// The columns, by number, that surely are NULL in one of them, each with what left them so.
    pub nulls: Vec<(i16, Span)>,
}

impl CertainRows {
    /// What left a column without a value in one of the rows.
    #[must_use]
    pub fn null(&self, number: i16) -> Option<Span> {
        let found = self.nulls.iter().find(|(column, _)| *column == number);
        found.map(|(_, span)| *span)
    }

    /// Remembers a column that is NULL in one of the rows.
    pub fn add_null(&mut self, number: i16, span: Span) {
        if self.null(number).is_none() {
            self.nulls.push((number, span));
        }
    }
}
