//! Blocks: declarations, statements, handlers of errors.

use super::super::ast::{
    Block, Condition, Declaration, DeclarationKind, Handler, Statement, VariableType,
};
use super::super::conditions::condition;
use super::reader::{Reader, Syntax, is};
use super::scope::{Kind, Labelled};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{Ident, QualifiedName, TypeNameKind};
use crate::postgres::parse::cursor::Parser;
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
        let values: &[&str] = if self.accept("option") {
            &["dump"]
        } else if self.accept("print_strict_params") {
            &["on", "off"]
        } else if self.accept("variable_conflict") {
            &["error", "use_variable", "use_column"]
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
        self.scopes.declare("sqlstate", Kind::Variable);
        self.scopes.declare("sqlerrm", Kind::Variable);
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

    /// A declaration (`decl_statement`).
    fn declaration(&mut self) -> Syntax<Declaration> {
        let start = self.position();
        let name = self.name("the name of a variable or `BEGIN`")?;
        let (kind, role) = self.declared()?;
        if !self.scopes.declare(&name.name, role) {
            return Err(Box::new(errors::duplicate_variable(&name)));
        }
        Ok(Declaration {
            name,
            kind,
            span: self.span_from(start),
        })
    }

    fn declared(&mut self) -> Syntax<(DeclarationKind, Kind)> {
        if self.is_at("alias") && self.is_at_distance(1, "for") {
            self.advance();
            self.advance();
            let start = self.position();
            let path = self.path("a variable")?;
            let Some(role) = self.scopes.find(&path) else {
                return Err(Box::new(errors::unknown_variable(self.span_from(start))));
            };
            self.semicolon()?;
            return Ok((DeclarationKind::Alias(path), role));
        }
        let is_cursor = self.is_at("cursor")
            || self.is_at("scroll") && self.is_at_distance(1, "cursor")
            || self.is_at("no") && self.is_at_distance(1, "scroll");
        if is_cursor {
            return self.cursor();
        }
        let constant = self.accept("constant");
        let type_name = self.variable_type(&[";", ":=", "=", "default", "collate", "not"])?;
        let collation = match self.accept("collate") {
            true => Some(Box::new(self.collation()?)),
            false => None,
        };
        let not_null = self.accept("not");
        if not_null {
            self.expect("null")?;
        }
        let default = match self.accept(";") {
            true => None,
            false => {
                if !self.accept(":=") && !self.accept("=") && !self.accept("default") {
                    return Err(self.expected("`:=` or `;`"));
                }
                Some(self.expression_to(";")?)
            }
        };
        if not_null && default.is_none() {
            return Err(Box::new(errors::no_default(self.span())));
        }
        let role = match (&type_name, constant) {
            (_, true) => Kind::Constant,
            (VariableType::RowOf(_), _) => Kind::Record,
            _ => Kind::Variable,
        };
        let kind = DeclarationKind::Variable {
            constant,
            type_name: Box::new(type_name),
            collation,
            not_null,
            default,
        };
        Ok((kind, role))
    }

    fn collation(&mut self) -> Syntax<QualifiedName> {
        let first = self.any_name()?;
        let mut name = QualifiedName::bare(first);
        while self.accept(".") {
            let next = self.any_name()?;
            name.span = name.span.to(next.span);
            name.catalog = name.schema.take();
            name.schema = Some(std::mem::replace(&mut name.name, next));
        }
        Ok(name)
    }

    /// The type of a variable, up to one of some words or symbols (`read_datatype`).
    fn variable_type(&mut self, ends: &[&str]) -> Syntax<VariableType> {
        let start = self.position();
        if self.is_at_name() {
            let mut parts = vec![self.any_name()?];
            while self.is_at(".") {
                self.advance();
                parts.push(self.any_name()?);
            }
            if self.is_at("%") && self.is_at_distance(1, "type") {
                self.advance();
                self.advance();
                return Ok(VariableType::Of(parts));
            }
            if self.is_at("%") && self.is_at_distance(1, "rowtype") {
                self.advance();
                self.advance();
                return Ok(VariableType::RowOf(parts));
            }
            self.reset(start);
        }
        let tokens = self.slice_until(ends, "a type")?;
        let mut parser = Parser::new(tokens, self.version);
        let type_name = parser.type_name()?;
        if parser.peek().is_some() {
            return Err(parser.expected("`;`"));
        }
        if type_name.set_of || matches!(type_name.kind, TypeNameKind::OfColumn(_)) {
            return Err(Box::new(errors::invalid_variable_type(type_name.span)));
        }
        Ok(VariableType::Type(type_name))
    }

    /// `[NO SCROLL] CURSOR (arguments) FOR query;`
    fn cursor(&mut self) -> Syntax<(DeclarationKind, Kind)> {
        self.accept("no");
        self.accept("scroll");
        self.expect("cursor")?;
        // Its arguments are variables of its query alone.
        self.scopes.enter(None, Labelled::Block);
        let mut arguments = Vec::new();
        if self.accept("(") {
            loop {
                let name = self.name("an argument")?;
                let type_name = self.variable_type(&[",", ")"])?;
                arguments.push((name, type_name));
                if !self.accept(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        self.scopes.leave();
        if !self.accept("is") {
            self.expect("for")?;
        }
        let start = self.position();
        let tokens = self.slice_until(&[";"], "`;`")?;
        let query = self.sql(tokens.to_vec(), self.span_from(start))?;
        self.semicolon()?;
        Ok((DeclarationKind::Cursor { arguments, query }, Kind::Cursor))
    }
}
