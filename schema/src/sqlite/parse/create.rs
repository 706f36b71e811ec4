//! CREATE VIEW, INDEX and VIRTUAL TABLE, and what the CREATE statements share.

use super::cursor::{Parser, Syntax, token_index, trim};
use super::features::Feature;
use crate::sqlite::ast::{
    ConflictResolution, CreateIndex, CreateView, CreateVirtualTable, Expr, ExprKind, Literal,
    ModuleArgument, StatementKind,
};
use crate::text::{Span, text_of};
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// CREATE of any kind, the first word of which has been taken.
    pub(super) fn create(&mut self) -> Syntax<StatementKind> {
        let temporary = self.accept(Keyword::Temp) || self.accept(Keyword::Temporary);
        match self.peek() {
            Some(TokenKind::Keyword(Keyword::Table)) => self.create_table(temporary),
            Some(TokenKind::Keyword(Keyword::View)) => self.create_view(temporary),
            Some(TokenKind::Keyword(Keyword::Trigger)) => self.create_trigger(temporary),
            Some(TokenKind::Keyword(Keyword::Index)) if !temporary => self.create_index(false),
            Some(TokenKind::Keyword(Keyword::Unique)) if !temporary => {
                self.advance();
                self.create_index(true)
            }
            Some(TokenKind::Keyword(Keyword::Virtual)) if !temporary => self.create_virtual_table(),
            _ if temporary => Err(self.expected("`TABLE`, `VIEW` or `TRIGGER`")),
            _ => Err(self.expected("`TABLE`, `INDEX`, `VIEW` or `TRIGGER`")),
        }
    }

    pub(super) fn if_not_exists(&mut self) -> Syntax<bool> {
        self.accept_phrase(Keyword::If, &[Keyword::Not, Keyword::Exists])
    }

    /// `ON CONFLICT …`, or nothing.
    pub(super) fn on_conflict(&mut self) -> Syntax<Option<ConflictResolution>> {
        if self.accept_phrase(Keyword::On, &[Keyword::Conflict])? {
            self.conflict_resolution().map(Some)
        } else {
            Ok(None)
        }
    }

    pub(super) fn conflict_resolution(&mut self) -> Syntax<ConflictResolution> {
        let resolution = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Rollback)) => ConflictResolution::Rollback,
            Some(TokenKind::Keyword(Keyword::Abort)) => ConflictResolution::Abort,
            Some(TokenKind::Keyword(Keyword::Fail)) => ConflictResolution::Fail,
            Some(TokenKind::Keyword(Keyword::Ignore)) => ConflictResolution::Ignore,
            Some(TokenKind::Keyword(Keyword::Replace)) => ConflictResolution::Replace,
            _ => {
                return Err(self.expected("`ROLLBACK`, `ABORT`, `FAIL`, `IGNORE` or `REPLACE`"));
            }
        };
        self.advance();
        Ok(resolution)
    }

    fn create_view(&mut self, temporary: bool) -> Syntax<StatementKind> {
        self.expect(Keyword::View)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a view name")?;
        let columns_start = self.position();
        let columns = self.optional_column_list()?;
        if !columns.is_empty() {
            self.needs(Feature::ViewColumns, self.span_from(columns_start));
        }
        self.expect(Keyword::As)?;
        let query = self.nested(8, Self::query)?;
        Ok(StatementKind::CreateView(CreateView {
            temporary,
            if_not_exists,
            name,
            columns,
            query,
        }))
    }

    fn create_index(&mut self, unique: bool) -> Syntax<StatementKind> {
        self.expect(Keyword::Index)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("an index name")?;
        self.expect(Keyword::On)?;
        let table = self.name("a table name")?;
        let terms_start = self.position();
        let terms = self.parenthesized_list(Self::indexed_term)?;
        let terms_span = self.span_from(terms_start);
        self.check_columns(terms.len(), terms_span, "columns of an index");
        if let Some(term) = terms.iter().find(|term| !is_column(&term.value)) {
            self.needs(Feature::ExpressionIndex, term.value.span);
        }
        let filter = self.filter()?;
        if let Some(filter) = &filter {
            self.needs(Feature::PartialIndex, filter.span);
        }
        Ok(StatementKind::CreateIndex(CreateIndex {
            unique,
            if_not_exists,
            name,
            table,
            terms,
            filter,
        }))
    }

    fn create_virtual_table(&mut self) -> Syntax<StatementKind> {
        self.expect(Keyword::Virtual)?;
        self.expect(Keyword::Table)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a table name")?;
        self.expect(Keyword::Using)?;
        let module = self.name("a module name")?;
        let mut arguments = Vec::new();
        if self.accept(Symbol::LeftParen) {
            arguments.push(self.module_argument()?);
            while self.accept(Symbol::Comma) {
                arguments.push(self.module_argument()?);
            }
            self.expect(Symbol::RightParen)?;
        }
        Ok(StatementKind::CreateVirtualTable(CreateVirtualTable {
            if_not_exists,
            name,
            module,
            arguments,
        }))
    }

    /// Any tokens up to a comma or parenthesis that closes the list.
    fn module_argument(&mut self) -> Syntax<ModuleArgument> {
        let start = self.position();
        let mut open = 0_usize;
        loop {
            match self.peek() {
                None => return Err(self.expected("`)`")),
                Some(TokenKind::Symbol(Symbol::LeftParen)) => {
                    open += 1;
                    self.check_depth(3 + 2 * open)?;
                }
                Some(TokenKind::Symbol(Symbol::RightParen)) if open == 0 => break,
                Some(TokenKind::Symbol(Symbol::RightParen)) => open -= 1,
                Some(TokenKind::Symbol(Symbol::Comma)) if open == 0 => break,
                Some(_) => {}
            }
            self.advance();
        }
        let text = text_of(self.taken_from(start));
        let span = self.span_from(start);
        let is_empty = self.position() == start;
        Ok(ModuleArgument {
            text: trim(&text).to_owned(),
            span: if is_empty { before(span) } else { span },
            first: token_index(start),
            end: self.index(),
        })
    }
}

/// The empty place before a token.
fn before(span: Span) -> Span {
    Span {
        end: span.start,
        ..span
    }
}

/// Whether a term of an index is a column, perhaps with a collation, rather than an expression.
fn is_column(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Name(_) | ExprKind::Literal(Literal::String(_)) => true,
        ExprKind::Collate { value, .. } => is_column(value),
        _ => false,
    }
}
