//! FROM: tables, functions, queries and joins of them (`table_ref`).

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Alias, FromItem, FromItemKind, Ident, JoinCondition, JoinKind, QueryBody, Relation,
    RowsFromItem, TableFunctionColumn, TableSample,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What stands between commas after FROM (`from_list`).
    pub(super) fn table_items(&mut self) -> Syntax<Vec<FromItem>> {
        self.list(Self::table_item)
    }

    /// A table, function or query, with those that are joined to it (`table_ref`).
    pub(super) fn table_item(&mut self) -> Syntax<FromItem> {
        let outer = self.nesting.begin();
        let item = self.nested(|parser| {
            let start = parser.position();
            let first = parser.joined()?;
            parser.joins(first, start)
        })?;
        self.nesting.end(outer);
        Ok(item)
    }

    /// The joins that follow an item which began at the token `start`.
    fn joins(&mut self, first: FromItem, start: usize) -> Syntax<FromItem> {
        let mut left = first;
        while let Some((kind, natural, crossed)) = self.join_words()? {
            self.grow()?;
            let outer = self.nesting.begin();
            // What has a condition of its own may have joins before it: `a JOIN b JOIN c ON … ON …`.
            let right = match natural || crossed {
                true => self.joined()?,
                false => self.table_item()?,
            };
            self.nesting.end(outer);
            let condition = if crossed {
                JoinCondition::None
            } else if natural {
                JoinCondition::Natural
            } else {
                self.join_condition()?
            };
            left = FromItem {
                kind: FromItemKind::Join {
                    kind,
                    left: Box::new(left),
                    right: Box::new(right),
                    condition,
                    alias: None,
                },
                span: self.span_from(start),
            };
        }
        Ok(left)
    }

    /// The words up to JOIN, if they are next: the kind, and whether it is NATURAL or CROSS.
    fn join_words(&mut self) -> Syntax<Option<(JoinKind, bool, bool)>> {
        if self.accept_start(Keyword::Cross, &[Keyword::Join])? {
            return Ok(Some((JoinKind::Inner, false, true)));
        }
        let natural = self.accept(Keyword::Natural);
        let kind = match self.keyword() {
            Some(Keyword::Join | Keyword::Inner) => JoinKind::Inner,
            Some(Keyword::Left) => JoinKind::Left,
            Some(Keyword::Right) => JoinKind::Right,
            Some(Keyword::Full) => JoinKind::Full,
            _ if natural => return Err(self.expected("`JOIN`")),
            _ => return Ok(None),
        };
        if !self.is_at(Keyword::Join) {
            self.advance();
        }
        if kind != JoinKind::Inner {
            self.accept(Keyword::Outer);
        }
        self.expect(Keyword::Join)?;
        Ok(Some((kind, natural, false)))
    }

    fn join_condition(&mut self) -> Syntax<JoinCondition> {
        if self.accept(Keyword::On) {
            return Ok(JoinCondition::On(self.expr()?));
        }
        if !self.accept(Keyword::Using) {
            return Err(self.expected("`ON` or `USING`"));
        }
        let columns = self.column_names()?;
        let alias = match self.accept(Keyword::As) {
            true => Some(self.column_id("a name")?),
            false => None,
        };
        Ok(JoinCondition::Using { columns, alias })
    }

    /// An item without joins, except in parentheses.
    fn joined(&mut self) -> Syntax<FromItem> {
        let start = self.position();
        let lateral = self.accept(Keyword::Lateral);
        if self.is_at_parenthesized_query() {
            return self.subquery(lateral, start);
        }
        if !lateral && self.accept(Symbol::LeftParen) {
            return self.joins_in_parentheses(start);
        }
        if self.is_at(Keyword::Xmltable)
            && self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen))
        {
            let table = Box::new(self.xml_table()?);
            let alias = self.alias()?;
            return Ok(FromItem {
                kind: FromItemKind::XmlTable {
                    lateral,
                    table,
                    alias,
                },
                span: self.span_from(start),
            });
        }
        if let Some((functions, rows_from)) = self.table_functions()? {
            return self.function_item(lateral, functions, rows_from, start);
        }
        if lateral {
            return Err(self.expected("a query or a function"));
        }
        let relation = self.relation()?;
        let alias = self.alias()?;
        let sample = self.sample()?;
        Ok(FromItem {
            kind: FromItemKind::Table {
                relation,
                alias,
                sample,
            },
            span: self.span_from(start),
        })
    }

    fn subquery(&mut self, lateral: bool, start: usize) -> Syntax<FromItem> {
        let query = Box::new(self.parenthesized_query()?);
        let parentheses = self.span_from(start);
        let alias = self.alias()?;
        if alias.is_none() && self.version < 16 {
            let is_values = matches!(query.body, QueryBody::Values(_));
            return Err(Box::new(errors::subquery_without_alias(
                parentheses,
                is_values,
            )));
        }
        Ok(FromItem {
            kind: FromItemKind::Query {
                lateral,
                query,
                alias,
            },
            span: self.span_from(start),
        })
    }

    /// `a JOIN b …) AS alias` after the parenthesis.
    fn joins_in_parentheses(&mut self, start: usize) -> Syntax<FromItem> {
        let item = self.table_item()?;
        let FromItemKind::Join {
            kind,
            left,
            right,
            condition,
            alias: None,
        } = item.kind
        else {
            return Err(self.expected("`JOIN`"));
        };
        self.expect(Symbol::RightParen)?;
        let alias = self.alias()?;
        let span = match alias {
            Some(_) => self.span_from(start),
            None => item.span,
        };
        Ok(FromItem {
            kind: FromItemKind::Join {
                kind,
                left,
                right,
                condition,
                alias,
            },
            span,
        })
    }

    /// A call or ROWS FROM (`func_table`), if one is next.
    fn table_functions(&mut self) -> Syntax<Option<(Vec<RowsFromItem>, bool)>> {
        let is_rows_from = self.is_at_phrase(&[Keyword::Rows, Keyword::From])
            && self.peek_at(2) == Some(TokenKind::Symbol(Symbol::LeftParen));
        if is_rows_from {
            self.accept_phrase(&[Keyword::Rows, Keyword::From]);
            let functions = self.parenthesized_list(|parser| {
                let Some(function) = parser.windowless_call()? else {
                    return Err(parser.expected("a function"));
                };
                let columns = match parser.accept(Keyword::As) {
                    true => parser.function_columns()?,
                    false => Vec::new(),
                };
                Ok(RowsFromItem { function, columns })
            })?;
            return Ok(Some((functions, true)));
        }
        let function = self.windowless_call()?;
        Ok(function.map(|function| {
            let columns = Vec::new();
            (vec![RowsFromItem { function, columns }], false)
        }))
    }

    /// What follows the functions of an item (`opt_ordinality`, `func_alias_clause`).
    fn function_item(
        &mut self,
        lateral: bool,
        functions: Vec<RowsFromItem>,
        rows_from: bool,
        start: usize,
    ) -> Syntax<FromItem> {
        let ordinality = self.accept_phrase(&[Keyword::With, Keyword::Ordinality]);
        let mut columns = Vec::new();
        let alias_start = self.position();
        let has_as = self.accept(Keyword::As);
        let mut alias = None;
        if has_as && self.is_at(Symbol::LeftParen) {
            columns = self.function_columns()?;
        } else if has_as || self.is_at_column_id() {
            let name = self.column_id("a name")?;
            let mut names = Vec::new();
            if self.is_at(Symbol::LeftParen) {
                // A name is that of a column, or begins a definition.
                let is_list = matches!(
                    self.peek_at(2),
                    Some(TokenKind::Symbol(Symbol::Comma | Symbol::RightParen))
                );
                match is_list {
                    true => names = self.column_names()?,
                    false => columns = self.function_columns()?,
                }
            }
            alias = Some(Alias {
                name,
                columns: names,
                span: self.span_from(alias_start),
            });
        }
        Ok(FromItem {
            kind: FromItemKind::Function {
                lateral,
                functions,
                rows_from,
                ordinality,
                alias,
                columns,
            },
            span: self.span_from(start),
        })
    }

    /// `(name type COLLATE collation, …)` (`TableFuncElementList`).
    fn function_columns(&mut self) -> Syntax<Vec<TableFunctionColumn>> {
        self.parenthesized_list(|parser| {
            let start = parser.position();
            let name = parser.column_id("a column")?;
            let type_name = parser.type_name()?;
            let collation = match parser.accept(Keyword::Collate) {
                true => Some(parser.qualified_name("a collation")?),
                false => None,
            };
            Ok(TableFunctionColumn {
                name,
                type_name,
                collation,
                span: parser.span_from(start),
            })
        })
    }

    /// `AS name (columns)`, if it is next (`opt_alias_clause`).
    fn alias(&mut self) -> Syntax<Option<Alias>> {
        let start = self.position();
        if !self.accept(Keyword::As) && !self.is_at_column_id() {
            return Ok(None);
        }
        let name = self.column_id("a name")?;
        let columns = match self.is_at(Symbol::LeftParen) {
            true => self.column_names()?,
            false => Vec::new(),
        };
        Ok(Some(Alias {
            name,
            columns,
            span: self.span_from(start),
        }))
    }

    /// A table, perhaps with ONLY or `*` (`relation_expr`).
    ///
    /// # Errors
    ///
    /// If no table follows.
    pub fn relation(&mut self) -> Syntax<Relation> {
        let start = self.position();
        let only = self.accept(Keyword::Only);
        let name = match only && self.accept(Symbol::LeftParen) {
            true => {
                let name = self.qualified_name("a table")?;
                self.expect(Symbol::RightParen)?;
                name
            }
            false => self.qualified_name("a table")?,
        };
        if !only {
            self.accept(Symbol::Star);
        }
        Ok(Relation {
            name,
            only,
            span: self.span_from(start),
        })
    }

    /// The table of UPDATE, DELETE or MERGE, with its alias (`relation_expr_opt_alias`). A bare `set` is no alias.
    pub(super) fn changed_relation(&mut self) -> Syntax<(Relation, Option<Ident>)> {
        let relation = self.relation()?;
        let has_alias =
            self.accept(Keyword::As) || self.is_at_column_id() && !self.is_at(Keyword::Set);
        let alias = match has_alias {
            true => Some(self.column_id("a name")?),
            false => None,
        };
        Ok((relation, alias))
    }

    /// `TABLESAMPLE method (arguments) REPEATABLE (seed)`, if it is next.
    fn sample(&mut self) -> Syntax<Option<Box<TableSample>>> {
        let start = self.position();
        if !self.accept(Keyword::Tablesample) {
            return Ok(None);
        }
        let method = self.function_name("a sampling method")?;
        let arguments = self.parenthesized_list(Self::expr)?;
        let repeatable = match self.accept(Keyword::Repeatable) {
            true => {
                self.expect(Symbol::LeftParen)?;
                let seed = self.expr()?;
                self.expect(Symbol::RightParen)?;
                Some(seed)
            }
            false => None,
        };
        Ok(Some(Box::new(TableSample {
            method,
            arguments,
            repeatable,
            span: self.span_from(start),
        })))
    }
}
