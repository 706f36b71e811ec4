//! Declarations (`decl_statement`, `read_datatype`).

use super::super::ast::{Declaration, DeclarationKind, VariableType};
use super::reader::{Reader, Syntax};
use super::scope::{Datum, Labelled, Shape};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{Ident, QualifiedName, TypeName, TypeNameKind};
use crate::postgres::parse::cursor::Parser;
use crate::postgres::resolve::{self, column_type, row_type};
use crate::postgres::types::{Objects as _, TypeKind, Typing, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

impl Reader<'_> {
    pub(super) fn declaration(&mut self) -> Syntax<Declaration> {
        let start = self.position();
        let name = self.name("the name of a variable or `BEGIN`")?;
        let (kind, datum) = self.declared()?;
        if !self.scopes.declare(&name.name, datum) {
            return Err(Box::new(errors::duplicate_variable(&name)));
        }
        Ok(Declaration {
            name,
            kind,
            span: self.span_from(start),
        })
    }

    fn declared(&mut self) -> Syntax<(DeclarationKind, Datum)> {
        if self.is_at("alias") && self.is_at_distance(1, "for") {
            self.advance();
            self.advance();
            let start = self.position();
            let path = self.path("a variable")?;
            let datum = self.known(&path, self.span_from(start))?.datum.clone();
            self.semicolon()?;
            return Ok((DeclarationKind::Alias(path), datum));
        }
        let is_cursor = self.is_at("cursor")
            || self.is_at("scroll") && self.is_at_distance(1, "cursor")
            || self.is_at("no") && self.is_at_distance(1, "scroll");
        match is_cursor {
            true => self.cursor(),
            false => self.variable_declared(),
        }
    }

    /// `[CONSTANT] type [COLLATE collation] [NOT NULL] [:= value];`
    fn variable_declared(&mut self) -> Syntax<(DeclarationKind, Datum)> {
        let constant = self.accept("constant");
        let start = self.position();
        let (type_name, mut datum) =
            self.variable_type(&[";", ":=", "=", "default", "collate", "not"])?;
        let place = self.span_from(start);
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
        self.check_collation(&mut datum, collation.as_deref())?;
        self.check_pseudo(&datum, place)?;
        if not_null && default.is_none() {
            return Err(Box::new(errors::no_default(self.span())));
        }
        let kind = DeclarationKind::Variable {
            constant,
            type_name: Box::new(type_name),
            collation,
            not_null,
            default,
        };
        Ok((kind, Datum { constant, ..datum }))
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

    fn check_collation(&self, datum: &mut Datum, name: Option<&QualifiedName>) -> Syntax<()> {
        let Some(name) = name else {
            return Ok(());
        };
        let found = self.sound(resolve::collation(self.environment, name))?;
        let Some(typed) = &mut datum.typed else {
            return match datum.shape {
                Shape::Record => Err(Box::new(errors::no_collations(name.span))),
                Shape::Scalar | Shape::Unknown => Ok(()),
            };
        };
        let typing = Typing::new(self.environment.catalog);
        if typing.collation_of(typed.oid).is_none() {
            return Err(Box::new(errors::no_collations(name.span)));
        }
        typed.collation = found.or(typed.collation);
        Ok(())
    }

    /// Of the types that no value has, only `record` is one of variables.
    fn check_pseudo(&self, datum: &Datum, span: Span) -> Syntax<()> {
        let catalog = self.environment.catalog;
        let kind = datum.typed.and_then(|typed| catalog.type_by_oid(typed.oid));
        match kind.is_some_and(|found| found.kind == TypeKind::Pseudo) {
            true => Err(Box::new(errors::pseudo_type(span))),
            false => Ok(()),
        }
    }

    /// The type of a variable, up to one of some words or symbols (`read_datatype`).
    fn variable_type(&mut self, ends: &[&str]) -> Syntax<(VariableType, Datum)> {
        let start = self.position();
        if self.is_at_name() || self.is_at_parameter() {
            let mut parts = match self.is_at_parameter() {
                true => self.path("a type")?,
                false => vec![self.any_name()?],
            };
            while self.is_at(".") {
                self.advance();
                parts.push(self.any_name()?);
            }
            let span = self.span_from(start);
            if self.is_at("%") && self.is_at_distance(1, "type") {
                let datum = self.datum_like(&parts, span)?;
                self.advance();
                self.advance();
                let datum = self.array_of(datum)?;
                return Ok((VariableType::Of(parts), datum));
            }
            if self.is_at("%") && self.is_at_distance(1, "rowtype") {
                let name = self.relation_name(&parts, span)?;
                let typed = self.sound(row_type(self.environment, &name))?;
                self.advance();
                self.advance();
                let datum = Datum {
                    typed,
                    ..Datum::record()
                };
                let datum = self.array_of(datum)?;
                return Ok((VariableType::RowOf(parts), datum));
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
        let typed = self.sound(resolve::type_name(self.environment, &type_name))?;
        let datum = Datum::of(typed, Typing::new(self.environment.catalog));
        Ok((VariableType::Type(type_name), datum))
    }

    /// `[]` or ARRAY after `%TYPE` and `%ROWTYPE`, since version 17.
    fn array_of(&mut self, datum: Datum) -> Syntax<Datum> {
        let is_array = self.is_at("[") || self.is_at("array");
        if !is_array || self.version < 17 {
            return Ok(datum);
        }
        self.accept("array");
        while self.accept("[") {
            if !self.is_at("]") {
                self.slice_until(&["]"], "`]`")?;
            }
            self.expect("]")?;
        }
        let typing = Typing::new(self.environment.catalog);
        let Some(typed) = datum.typed else {
            return Ok(Datum::of(None, typing));
        };
        // An array of arrays is an array.
        let oid = match typing.element_type(typed.oid) {
            Some(_) => Some(typed.oid),
            None => typing.array_type(typed.oid),
        };
        Ok(Datum::of(oid.map(|oid| ValueType { oid, ..typed }), typing))
    }

    /// What `name%TYPE` stands for: the type of a variable, of a column, or a type by its own name.
    fn datum_like(&self, parts: &[Ident], span: Span) -> Syntax<Datum> {
        let typing = Typing::new(self.environment.catalog);
        let like = |typed| {
            let datum = Datum::of(typed, typing);
            match datum.shape {
                Shape::Scalar | Shape::Unknown => Ok(datum),
                Shape::Record if parts.len() > 1 => Ok(datum),
                Shape::Record => Err(Box::new(errors::type_of_row(span))),
            }
        };
        if let Some(found) = self.scopes.find(parts)
            && parts.len() < 3
        {
            if found.datum.shape != Shape::Record {
                return like(found.datum.typed);
            }
            if parts.len() == 1 {
                return Err(Box::new(errors::type_of_row(span)));
            }
        }
        match parts.split_last() {
            Some((column, [_, ..])) => {
                let table = self.relation_name(parts.split_at(parts.len() - 1).0, span)?;
                let typed = self.sound(column_type(self.environment, &table, column))?;
                Ok(Datum::of(typed, typing))
            }
            Some((name, [])) => {
                let named = TypeName {
                    kind: TypeNameKind::Named {
                        name: QualifiedName::bare(name.clone()),
                        modifiers: Vec::new(),
                    },
                    set_of: false,
                    dimensions: Vec::new(),
                    span,
                };
                let resolved = resolve::type_name(self.environment, &named);
                match resolved.diagnostics.is_empty() {
                    true => like(resolved.value),
                    false => Err(Box::new(errors::unknown_variable(parts, span))),
                }
            }
            None => Err(self.expected("a type")),
        }
    }

    /// `table` or `schema.table`
    fn relation_name(&self, parts: &[Ident], span: Span) -> Syntax<QualifiedName> {
        match parts {
            [name] => Ok(QualifiedName::bare(name.clone())),
            [schema, name] => Ok(QualifiedName {
                schema: Some(schema.clone()),
                span: schema.span.to(name.span),
                ..QualifiedName::bare(name.clone())
            }),
            _ => Err(Box::new(errors::too_many_parts(span))),
        }
    }

    /// `[NO SCROLL] CURSOR (arguments) FOR query;`
    fn cursor(&mut self) -> Syntax<(DeclarationKind, Datum)> {
        self.accept("no");
        self.accept("scroll");
        self.expect("cursor")?;
        // Its arguments are variables of its query alone.
        self.scopes.enter(None, Labelled::Block);
        let mut arguments = Vec::new();
        let mut names: Vec<Arc<str>> = Vec::new();
        if self.accept("(") {
            loop {
                let name = self.name("an argument")?;
                let start = self.position();
                let (type_name, datum) = self.variable_type(&[",", ")"])?;
                self.check_pseudo(&datum, self.span_from(start))?;
                if !self.scopes.declare(&name.name, datum) {
                    return Err(Box::new(errors::duplicate_variable(&name)));
                }
                names.push(Arc::clone(&name.name));
                arguments.push((name, type_name));
                if !self.accept(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        if !self.accept("is") {
            self.expect("for")?;
        }
        let start = self.position();
        let tokens = self.slice_until(&[";"], "`;`")?;
        let query = self.sql(tokens.to_vec(), self.span_from(start))?;
        self.scopes.leave();
        self.semicolon()?;
        let datum = Datum {
            cursor: Some(names.into()),
            ..Datum::scalar(well_known::REFCURSOR)
        };
        Ok((DeclarationKind::Cursor { arguments, query }, datum))
    }
}
