//! WITH.

use super::cursor::{Parser, Syntax};
use super::type_name::constant;
use crate::postgres::ast::{CommonTable, Constant, Cycle, DataStatement, Ident, Search, With};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// `WITH name AS (…), …`, if it is next.
    ///
    /// # Errors
    ///
    /// If no table follows.
    pub fn with(&mut self) -> Syntax<Option<With>> {
        let start = self.position();
        if !self.accept(Keyword::With) {
            return Ok(None);
        }
        // The word may be the name of a table: `WITH recursive AS (…)`.
        let is_name = self.keyword_at(1) == Some(Keyword::As)
            || self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen));
        let recursive = !is_name && self.accept(Keyword::Recursive);
        let tables = self.list(Self::common_table)?;
        Ok(Some(With {
            recursive,
            tables,
            span: self.span_from(start),
        }))
    }

    fn common_table(&mut self) -> Syntax<CommonTable> {
        let start = self.position();
        let name = self.column_id("a name")?;
        let columns = match self.is_at(Symbol::LeftParen) {
            true => self.column_names()?,
            false => Vec::new(),
        };
        self.expect(Keyword::As)?;
        let materialized = if self.accept(Keyword::Materialized) {
            Some(true)
        } else {
            self.accept_start(Keyword::Not, &[Keyword::Materialized])?
                .then_some(false)
        };
        self.expect(Symbol::LeftParen)?;
        let statement = self.nested(Self::data_statement)?;
        if let DataStatement::Query(query) = &statement {
            self.forbid_into(query)?;
        }
        self.expect(Symbol::RightParen)?;
        let search = self.search()?;
        let cycle = self.cycle()?;
        Ok(CommonTable {
            name,
            columns,
            materialized,
            statement: Box::new(statement),
            search,
            cycle,
            span: self.span_from(start),
        })
    }

    /// `(a, b)`
    ///
    /// # Errors
    ///
    /// If no names follow.
    pub fn column_names(&mut self) -> Syntax<Vec<Ident>> {
        self.parenthesized_list(|parser| parser.column_id("a column"))
    }

    fn search(&mut self) -> Syntax<Option<Search>> {
        let start = self.position();
        if !self.accept(Keyword::Search) {
            return Ok(None);
        }
        let breadth_first = self.accept(Keyword::Breadth);
        if !breadth_first {
            self.expect(Keyword::Depth)?;
        }
        self.expect_phrase(&[Keyword::First, Keyword::By])?;
        let columns = self.list(|parser| parser.column_id("a column"))?;
        self.expect(Keyword::Set)?;
        let sequence = self.column_id("a column")?;
        Ok(Some(Search {
            breadth_first,
            columns,
            sequence,
            span: self.span_from(start),
        }))
    }

    fn cycle(&mut self) -> Syntax<Option<Box<Cycle>>> {
        let start = self.position();
        if !self.accept(Keyword::Cycle) {
            return Ok(None);
        }
        let columns = self.list(|parser| parser.column_id("a column"))?;
        self.expect(Keyword::Set)?;
        let mark = self.column_id("a column")?;
        let (mark_value, mark_default) = match self.accept(Keyword::To) {
            true => {
                let value = self.constant("a constant")?;
                self.expect(Keyword::Default)?;
                (value, self.constant("a constant")?)
            }
            false => (
                constant(Constant::Boolean(true), mark.span),
                constant(Constant::Boolean(false), mark.span),
            ),
        };
        self.expect(Keyword::Using)?;
        let path = self.column_id("a column")?;
        Ok(Some(Box::new(Cycle {
            columns,
            mark,
            mark_value,
            mark_default,
            path,
            span: self.span_from(start),
        })))
    }
}
