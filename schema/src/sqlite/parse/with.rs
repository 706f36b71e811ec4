//! WITH.

use super::cursor::{Parser, Syntax};
use super::features::Feature;
use crate::sqlite::ast::{CommonTable, Materialized, With};
use tablature_lexer::{Keyword, Symbol};

impl Parser<'_> {
    /// `WITH [RECURSIVE] …`, or nothing.
    pub(super) fn with(&mut self) -> Syntax<Option<With>> {
        let start = self.position();
        if !self.accept(Keyword::With) {
            return Ok(None);
        }
        let recursive = self.accept(Keyword::Recursive);
        let mut tables = vec![self.common_table(5)?];
        while self.accept(Symbol::Comma) {
            let table = self.common_table(7)?;
            self.check_common_table(&tables, &table);
            tables.push(table);
        }
        self.needs(Feature::With, self.span_from(start));
        Ok(Some(With { recursive, tables }))
    }

    fn common_table(&mut self, entries: usize) -> Syntax<CommonTable> {
        let name = self.name("a table name")?;
        let columns = self.optional_column_list()?;
        self.expect(Keyword::As)?;
        let materialized = self.materialized()?;
        self.expect(Symbol::LeftParen)?;
        let query = self.nested(entries, Self::query)?;
        self.expect(Symbol::RightParen)?;
        Ok(CommonTable {
            name,
            columns,
            materialized,
            query,
        })
    }

    fn materialized(&mut self) -> Syntax<Option<Materialized>> {
        let start = self.position();
        let materialized = if self.accept_phrase(Keyword::Not, &[Keyword::Materialized])? {
            Materialized::No
        } else if self.accept(Keyword::Materialized) {
            Materialized::Yes
        } else {
            return Ok(None);
        };
        self.needs(Feature::Materialized, self.span_from(start));
        Ok(Some(materialized))
    }
}
