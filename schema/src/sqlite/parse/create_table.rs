//! CREATE TABLE.

use super::cursor::{Parser, Syntax};
use super::features::Feature;
use super::names::is_name;
use crate::sqlite::ast::{CreateTable, StatementKind, TableBody, TableOption};
use tablature_lexer::{Keyword, Symbol};

impl Parser<'_> {
    /// `TABLE [IF NOT EXISTS] name …`, after CREATE and TEMP.
    pub(super) fn create_table(&mut self, temporary: bool) -> Syntax<StatementKind> {
        self.expect(Keyword::Table)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a table name")?;
        let body = if self.accept(Keyword::As) {
            TableBody::Query(Box::new(self.nested(3, Self::query)?))
        } else if self.is_at(Symbol::LeftParen) {
            self.table_body()?
        } else {
            return Err(self.expected("`(` or `AS`"));
        };
        Ok(StatementKind::CreateTable(CreateTable {
            temporary,
            if_not_exists,
            name,
            body,
        }))
    }

    fn table_body(&mut self) -> Syntax<TableBody> {
        self.advance();
        let mut columns = vec![self.column_definition()?];
        let mut constraints = Vec::new();
        while self.accept(Symbol::Comma) {
            if self.is_at_table_constraint() {
                constraints = self.table_constraints()?;
                break;
            }
            columns.push(self.column_definition()?);
        }
        if !self.is_at(Symbol::RightParen) {
            return Err(self.expected("`,` or `)`"));
        }
        self.advance();
        let options = self.table_options()?;
        Ok(TableBody::Columns {
            columns,
            constraints,
            options,
        })
    }

    /// Options separated by commas, or nothing. The grammar allows a comma before the first.
    fn table_options(&mut self) -> Syntax<Vec<TableOption>> {
        let mut options = Vec::new();
        if self.peek().is_some_and(is_name) {
            options.push(self.table_option()?);
        }
        while self.accept(Symbol::Comma) {
            options.push(self.table_option()?);
        }
        Ok(options)
    }

    fn table_option(&mut self) -> Syntax<TableOption> {
        let start = self.position();
        let without = self.accept(Keyword::Without);
        let name = self.name("a table option")?;
        let feature = if without {
            Feature::WithoutRowid
        } else {
            Feature::Strict
        };
        self.needs(feature, self.span_from(start));
        Ok(TableOption { without, name })
    }
}
