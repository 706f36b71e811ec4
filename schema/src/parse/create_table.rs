//! CREATE TABLE: columns, constraints and options.

use super::cursor::{Parser, Syntax, token_index, trim};
use super::features::Feature;
use super::names::{is_name, is_word};
use crate::ast::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, CreateTable, Deferrable, Expr,
    ExprKind, ForeignKeyAction, ForeignKeyReference, GeneratedColumnKind, IndexedTerm, Initially,
    StatementKind, TableBody, TableConstraint, TableConstraintKind, TableOption, UnaryOperator,
};
use crate::text::{Ident, Span, text_of};
use tablature_lexer::{Keyword, Symbol, TokenKind};

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
        let start = self.position();
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
        self.check_columns(columns.len(), self.span_from(start), "columns of a table");
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

    /// `name [type] constraint …`
    pub(super) fn column_definition(&mut self) -> Syntax<ColumnDefinition> {
        let start = self.position();
        let name = self.name("a column name")?;
        let type_name = self.column_type()?;
        let mut constraints = Vec::new();
        while let Some(constraint) = self.column_constraint()? {
            constraints.push(constraint);
        }
        Ok(ColumnDefinition {
            name,
            type_name,
            constraints,
            span: self.span_from(start),
            first: token_index(start),
            end: self.index(),
        })
    }

    fn column_constraint(&mut self) -> Syntax<Option<ColumnConstraint>> {
        let start = self.position();
        let name = self.constraint_name()?;
        let kind = match self.column_constraint_kind()? {
            Some(kind) => kind,
            None if name.is_some() => ColumnConstraintKind::NameOnly,
            None => return Ok(None),
        };
        Ok(Some(ColumnConstraint {
            name,
            kind,
            span: self.span_from(start),
            first: token_index(start),
            end: self.index(),
        }))
    }

    /// `CONSTRAINT name`, or nothing.
    fn constraint_name(&mut self) -> Syntax<Option<Ident>> {
        if self.accept(Keyword::Constraint) {
            self.name("a constraint name").map(Some)
        } else {
            Ok(None)
        }
    }

    fn column_constraint_kind(&mut self) -> Syntax<Option<ColumnConstraintKind>> {
        let start = self.position();
        let Some(TokenKind::Keyword(keyword)) = self.peek() else {
            return Ok(None);
        };
        let kind = match keyword {
            Keyword::Default => self.default_value()?,
            Keyword::Null => {
                self.advance();
                let conflict = self.on_conflict()?;
                ColumnConstraintKind::Null { conflict }
            }
            Keyword::Not => {
                if self.peek_at(1) == Some(Keyword::Deferrable.into()) {
                    ColumnConstraintKind::Deferrable(self.deferrable()?)
                } else {
                    self.advance();
                    self.expect(Keyword::Null)?;
                    let conflict = self.on_conflict()?;
                    ColumnConstraintKind::NotNull { conflict }
                }
            }
            Keyword::Primary => self.column_primary_key()?,
            Keyword::Unique => {
                self.advance();
                let conflict = self.on_conflict()?;
                ColumnConstraintKind::Unique { conflict }
            }
            Keyword::Check => {
                self.advance();
                ColumnConstraintKind::Check(self.expr_in_parentheses(6)?)
            }
            Keyword::References => ColumnConstraintKind::References(self.foreign_key_reference()?),
            Keyword::Deferrable => ColumnConstraintKind::Deferrable(self.deferrable()?),
            Keyword::Collate => {
                self.advance();
                ColumnConstraintKind::Collate(self.word_or_string("a collation name")?)
            }
            Keyword::Generated => {
                self.advance();
                self.expect(Keyword::Always)?;
                self.generated(start)?
            }
            Keyword::As => self.generated(start)?,
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    fn column_primary_key(&mut self) -> Syntax<ColumnConstraintKind> {
        self.advance();
        self.expect(Keyword::Key)?;
        let order = self.sort_order();
        let conflict = self.on_conflict()?;
        let autoincrement = self.autoincrement();
        Ok(ColumnConstraintKind::PrimaryKey {
            order,
            conflict,
            autoincrement,
        })
    }

    fn autoincrement(&mut self) -> Option<Span> {
        let span = self.span();
        self.accept(Keyword::Autoincrement).then_some(span)
    }

    /// `DEFAULT (expr)`, or DEFAULT with a value that may have a sign, or with a word.
    fn default_value(&mut self) -> Syntax<ColumnConstraintKind> {
        self.advance();
        let start = self.position();
        if self.is_at(Symbol::LeftParen) {
            let value = self.expr_in_parentheses(6)?;
            let inner = self.taken_from(start);
            let inner = inner.get(1..).unwrap_or_default();
            let before = inner.first().map_or("", |first| first.before.as_ref());
            let mut text = format!("{before}{}", text_of(inner));
            text.pop();
            return Ok(ColumnConstraintKind::Default {
                value,
                parenthesized: true,
                text: trim(&text).to_owned(),
            });
        }
        let value = if self.peek().is_some_and(is_default_word) {
            let name = self.take_name("a default value")?;
            self.finish_expr(start, ExprKind::Name(name), 1)?
        } else if self.accept(Symbol::Plus) {
            self.signed_default(start, UnaryOperator::Plus)?
        } else if self.accept(Symbol::Minus) {
            self.signed_default(start, UnaryOperator::Minus)?
        } else {
            self.default_literal()?
        };
        Ok(ColumnConstraintKind::Default {
            value,
            parenthesized: false,
            text: text_of(self.taken_from(start)),
        })
    }

    fn signed_default(&mut self, start: usize, operator: UnaryOperator) -> Syntax<Expr> {
        let operand = Box::new(self.default_literal()?);
        let height = operand.height + 1;
        self.finish_expr(start, ExprKind::Unary { operator, operand }, height)
    }

    fn default_literal(&mut self) -> Syntax<Expr> {
        match self.peek() {
            Some(
                TokenKind::Integer
                | TokenKind::Float
                | TokenKind::String
                | TokenKind::Blob
                | TokenKind::Keyword(
                    Keyword::Null
                    | Keyword::CurrentDate
                    | Keyword::CurrentTime
                    | Keyword::CurrentTimestamp,
                ),
            ) => self.literal(),
            _ => Err(self.expected("a default value, or an expression in parentheses")),
        }
    }

    /// `AS (expr) [STORED | VIRTUAL]`
    fn generated(&mut self, start: usize) -> Syntax<ColumnConstraintKind> {
        self.expect(Keyword::As)?;
        let value = self.expr_in_parentheses(6)?;
        let kind = if self.peek().is_some_and(is_word) {
            let word = self.take_name("`STORED` or `VIRTUAL`")?;
            match word.name.to_ascii_lowercase().as_str() {
                "virtual" if !word.is_quoted() => GeneratedColumnKind::Virtual,
                "stored" if !word.is_quoted() => GeneratedColumnKind::Stored,
                _ => GeneratedColumnKind::Unknown(word),
            }
        } else {
            GeneratedColumnKind::Virtual
        };
        self.needs(Feature::GeneratedColumns, self.span_from(start));
        Ok(ColumnConstraintKind::Generated { value, kind })
    }

    pub(super) fn expr_in_parentheses(&mut self, entries: usize) -> Syntax<Expr> {
        self.expect(Symbol::LeftParen)?;
        let value = self.nested(entries, Self::expr)?;
        self.expect(Symbol::RightParen)?;
        Ok(value)
    }

    /// `REFERENCES table [(columns)] [ON … | MATCH …] …`
    fn foreign_key_reference(&mut self) -> Syntax<ForeignKeyReference> {
        let start = self.position();
        self.expect(Keyword::References)?;
        let mut reference = ForeignKeyReference {
            table: self.name("a table name")?,
            columns: self.optional_column_list()?,
            on_delete: ForeignKeyAction::default(),
            on_update: ForeignKeyAction::default(),
            match_name: None,
            span: self.span_from(start),
        };
        loop {
            if self.accept(Keyword::Match) {
                reference.match_name = Some(self.name("the name of a kind of match")?);
            } else if self.accept(Keyword::On) {
                if self.accept(Keyword::Delete) {
                    reference.on_delete = self.foreign_key_action()?;
                } else if self.accept(Keyword::Update) {
                    reference.on_update = self.foreign_key_action()?;
                } else if self.accept(Keyword::Insert) {
                    // Valid, and without effect.
                    self.foreign_key_action()?;
                } else {
                    return Err(self.expected("`DELETE` or `UPDATE`"));
                }
            } else {
                break;
            }
        }
        reference.span = self.span_from(start);
        Ok(reference)
    }

    fn foreign_key_action(&mut self) -> Syntax<ForeignKeyAction> {
        if self.accept(Keyword::Set) {
            return if self.accept(Keyword::Null) {
                Ok(ForeignKeyAction::SetNull)
            } else if self.accept(Keyword::Default) {
                Ok(ForeignKeyAction::SetDefault)
            } else {
                Err(self.expected("`NULL` or `DEFAULT`"))
            };
        }
        if self.accept(Keyword::Cascade) {
            Ok(ForeignKeyAction::Cascade)
        } else if self.accept(Keyword::Restrict) {
            Ok(ForeignKeyAction::Restrict)
        } else if self.accept_phrase(Keyword::No, &[Keyword::Action])? {
            Ok(ForeignKeyAction::NoAction)
        } else {
            Err(self.expected("`CASCADE`, `RESTRICT`, `SET NULL`, `SET DEFAULT` or `NO ACTION`"))
        }
    }

    /// `[NOT] DEFERRABLE [INITIALLY DEFERRED | INITIALLY IMMEDIATE]`
    fn deferrable(&mut self) -> Syntax<Deferrable> {
        let deferrable = !self.accept(Keyword::Not);
        self.expect(Keyword::Deferrable)?;
        let initially = if !self.accept(Keyword::Initially) {
            None
        } else if self.accept(Keyword::Deferred) {
            Some(Initially::Deferred)
        } else if self.accept(Keyword::Immediate) {
            Some(Initially::Immediate)
        } else {
            return Err(self.expected("`DEFERRED` or `IMMEDIATE`"));
        };
        Ok(Deferrable {
            deferrable,
            initially,
        })
    }

    fn is_at_table_constraint(&self) -> bool {
        self.is_at_any(&[
            Keyword::Constraint,
            Keyword::Primary,
            Keyword::Unique,
            Keyword::Check,
            Keyword::Foreign,
        ])
    }

    /// Table constraints, which need no comma between them.
    fn table_constraints(&mut self) -> Syntax<Vec<TableConstraint>> {
        let mut constraints = vec![self.table_constraint()?];
        loop {
            let has_comma = self.accept(Symbol::Comma);
            if self.is_at_table_constraint() {
                constraints.push(self.table_constraint()?);
            } else if has_comma {
                return Err(self.expected("a table constraint"));
            } else {
                return Ok(constraints);
            }
        }
    }

    fn table_constraint(&mut self) -> Syntax<TableConstraint> {
        let start = self.position();
        let name = self.constraint_name()?;
        let kind = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Primary)) => self.table_primary_key()?,
            Some(TokenKind::Keyword(Keyword::Unique)) => {
                self.advance();
                let terms = self.parenthesized_list(Self::indexed_term)?;
                self.check_columns(
                    terms.len(),
                    self.span_from(start),
                    "columns of a constraint",
                );
                let conflict = self.on_conflict()?;
                TableConstraintKind::Unique { terms, conflict }
            }
            Some(TokenKind::Keyword(Keyword::Check)) => {
                self.advance();
                let value = self.expr_in_parentheses(7)?;
                let conflict = self.on_conflict()?;
                TableConstraintKind::Check { value, conflict }
            }
            Some(TokenKind::Keyword(Keyword::Foreign)) => self.table_foreign_key()?,
            _ => TableConstraintKind::NameOnly,
        };
        Ok(TableConstraint {
            name,
            kind,
            span: self.span_from(start),
            first: token_index(start),
            end: self.index(),
        })
    }

    fn table_primary_key(&mut self) -> Syntax<TableConstraintKind> {
        let start = self.position();
        self.advance();
        self.expect(Keyword::Key)?;
        self.expect(Symbol::LeftParen)?;
        let terms = self.list(Self::indexed_term)?;
        let autoincrement = self.autoincrement();
        self.expect(Symbol::RightParen)?;
        self.check_columns(
            terms.len(),
            self.span_from(start),
            "columns of a constraint",
        );
        let conflict = self.on_conflict()?;
        Ok(TableConstraintKind::PrimaryKey {
            terms,
            autoincrement,
            conflict,
        })
    }

    fn table_foreign_key(&mut self) -> Syntax<TableConstraintKind> {
        self.advance();
        self.expect(Keyword::Key)?;
        let columns = self.parenthesized_list(|parser| parser.name("a column name"))?;
        let reference = self.foreign_key_reference()?;
        let is_deferrable = self.is_at(Keyword::Deferrable)
            || (self.is_at(Keyword::Not) && self.peek_at(1) == Some(Keyword::Deferrable.into()));
        let deferrable = if is_deferrable {
            Some(self.deferrable()?)
        } else {
            None
        };
        Ok(TableConstraintKind::ForeignKey {
            columns,
            reference,
            deferrable,
        })
    }

    /// `expr [ASC | DESC]`, a term of an index.
    pub(super) fn indexed_term(&mut self) -> Syntax<IndexedTerm> {
        let term = self.nested(8, Self::order_term)?;
        Ok(IndexedTerm {
            value: term.value,
            order: term.order,
            nulls: term.nulls.map(|(_, span)| span),
        })
    }
}

/// Whether a token after DEFAULT is a word that stands for a string, TRUE or FALSE.
fn is_default_word(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Keyword(
            Keyword::CurrentDate | Keyword::CurrentTime | Keyword::CurrentTimestamp,
        ) => false,
        TokenKind::Keyword(Keyword::Indexed) => true,
        kind => is_word(kind),
    }
}
