//! Blocks: options, statements, handlers of errors.

use super::super::ast::{Block, Condition, Handler, Statement};
use super::super::conditions::condition;
use super::reader::{Reader, Syntax, is};
use super::scope::{Datum, Labelled};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::Ident;
use crate::postgres::resolve::Conflict;
use crate::postgres::types::well_known;
use tablature_lexer::postgres::{TokenKind, string_value};

impl Reader<'_> {
    /// A body: options, a block, and nothing after it (`pl_function`).
    pub(super) fn body(&mut self) -> Syntax<Block> {
        while self.accept("#") {
            self.option()?;
        }
        let start = self.position();
        let label = self.label()?;
        if !self.is_at("declare") && !self.is_at("begin") {
            return Err(self.expected("`BEGIN`"));
        }
        let block = self.block(label, start)?;
        self.accept(";");
        match self.token_at(0) {
            None => Ok(block),
            Some(_) => Err(self.expected("the end of the body")),
        }
    }

    /// `#variable_conflict use_column`
    fn option(&mut self) -> Syntax<()> {
        const CONFLICTS: &[(&str, Conflict)] = &[
            ("error", Conflict::Ambiguous),
            ("use_variable", Conflict::Variable),
            ("use_column", Conflict::Column),
        ];
        if self.accept("variable_conflict") {
            let Some((_, conflict)) = CONFLICTS.iter().find(|(word, _)| self.is_at(word)) else {
                return Err(self.expected("a value of the option"));
            };
            self.scopes.resolve_conflicts(*conflict);
            self.advance();
            return Ok(());
        }
        let values: &[&str] = if self.accept("option") {
            &["dump"]
        } else if self.accept("print_strict_params") {
            &["on", "off"]
        } else {
            return Err(self.expected("an option"));
        };
        match values.iter().any(|value| self.accept(value)) {
            true => Ok(()),
            false => Err(self.expected("a value of the option")),
        }
    }

    /// `<<label>>`, if it is next.
    pub(super) fn label(&mut self) -> Syntax<Option<Ident>> {
        if !self.accept("<<") {
            return Ok(None);
        }
        let label = self.name("a label")?;
        self.expect(">>")?;
        Ok(Some(label))
    }

    /// A block after its label.
    pub(super) fn block(&mut self, label: Option<Ident>, start: usize) -> Syntax<Block> {
        self.scopes.enter(label.as_ref(), Labelled::Block);
        let mut declarations = Vec::new();
        if self.accept("declare") {
            while !self.is_at("begin") {
                if !self.accept("declare") {
                    declarations.push(self.declaration()?);
                }
            }
        }
        self.expect("begin")?;
        let statements = self.statements()?;
        let handlers = match self.accept("exception") {
            true => self.handlers()?,
            false => Vec::new(),
        };
        self.expect("end")?;
        self.end_label(label.as_ref())?;
        self.scopes.leave();
        Ok(Block {
            label,
            declarations,
            statements,
            handlers,
            span: self.span_from(start),
        })
    }

    /// The label after END, which must be the one at the beginning.
    pub(super) fn end_label(&mut self, label: Option<&Ident>) -> Syntax<()> {
        if !self.is_at_name() {
            return Ok(());
        }
        let end = self.any_name()?;
        match label {
            Some(label) if label.name == end.name => Ok(()),
            label => Err(Box::new(errors::end_label(end.span, label))),
        }
    }

    /// Statements up to a word that ends them.
    pub(super) fn statements(&mut self) -> Syntax<Vec<Statement>> {
        const ENDS: &[&str] = &["end", "else", "elsif", "elseif", "when", "exception"];
        let mut statements = Vec::new();
        loop {
            let Some(token) = self.token_at(0) else {
                return Ok(statements);
            };
            // Those that are names elsewhere may be assigned.
            let is_end = ENDS.iter().any(|end| is(token, end)) && !self.is_assignment_at(1);
            if is_end {
                return Ok(statements);
            }
            statements.push(self.nested(Self::statement)?);
        }
    }

    fn handlers(&mut self) -> Syntax<Vec<Handler>> {
        self.scopes.enter(None, Labelled::Block);
        for name in ["sqlstate", "sqlerrm"] {
            let datum = Datum::scalar(well_known::TEXT).constant();
            self.scopes.declare(&name.into(), datum);
        }
        let mut handlers = Vec::new();
        self.expect("when")?;
        loop {
            let mut conditions = vec![self.condition()?];
            while self.accept("or") {
                conditions.push(self.condition()?);
            }
            self.expect("then")?;
            let statements = self.statements()?;
            handlers.push(Handler {
                conditions,
                statements,
            });
            if !self.accept("when") {
                break;
            }
        }
        self.scopes.leave();
        Ok(handlers)
    }

    fn condition(&mut self) -> Syntax<Condition> {
        let name = self.name("a condition")?;
        if &*name.name == "sqlstate" {
            return Ok(Condition::State(self.sqlstate()?));
        }
        if &*name.name == "others" {
            return Ok(Condition::Others);
        }
        match condition(&name.name) {
            Some(state) => Ok(Condition::State(state.into())),
            None => Err(Box::new(errors::unknown_condition(&name))),
        }
    }

    /// Five digits and capital letters in a string.
    pub(super) fn sqlstate(&mut self) -> Syntax<Box<str>> {
        let span = self.span();
        let state = self.string("a SQLSTATE, as a string")?;
        let is_valid = state.len() == 5
            && state
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        match is_valid {
            true => Ok(state),
            false => Err(Box::new(errors::invalid_sqlstate(span))),
        }
    }

    /// The value of a string.
    pub(super) fn string(&mut self, what: &str) -> Syntax<Box<str>> {
        let Some(token) = self.token_at(0).filter(|token| {
            matches!(
                token.kind,
                TokenKind::String
                    | TokenKind::EscapeString
                    | TokenKind::UnicodeString
                    | TokenKind::DollarString
            )
        }) else {
            return Err(self.expected(what));
        };
        let value = string_value(token.kind, &token.text, '\\').map_err(|why| {
            Box::new(crate::errors::postgres::syntax::invalid_literal(
                token.span, why,
            ))
        })?;
        self.advance();
        Ok(value.into())
    }
}
