//! Names that were used before the statement that introduces them.

use crate::catalog::Log;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::departed::SIMILAR;
use crate::missed::{self, Introduces};
use crate::postgres::catalog::{Address, Catalog, Class, Object, Objects};
use crate::postgres::split::{RawStatement, Token};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;
use tablature_lexer::postgres::{Symbol, TokenKind, name_value, string_value, tokenize};

/// The unknown names of a statement.
pub(super) type Missed = missed::Missed<String>;

/// The unknown names among the diagnostics of a statement, the first of which is at the position `first`.
pub(super) fn collect(
    news: &[Diagnostic],
    first: usize,
    raw: &RawStatement,
    now: &Catalog,
) -> Option<Missed> {
    let names = || names_of(&raw.tokens);
    missed::collect(news, first, names, |span| name_at(&raw.tokens, span), now)
}

/// Adds the place where the name is introduced after all.
pub(super) fn explain(missed: &Log<Missed>, head: &Catalog, diagnostics: &mut [Diagnostic]) {
    missed::explain(missed.newest_first(), head, diagnostics, |label| {
        label == SIMILAR
    });
}

/// Every name in a statement, and in the texts of bodies that are a part of it.
pub(super) fn names_of<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for token in tokens {
        match token.kind {
            TokenKind::DollarString | TokenKind::String => {
                let text = string_value(token.kind, &token.text, '\\').unwrap_or_default();
                let within = tokenize(&text).into_iter();
                names.extend(within.filter_map(|it| name_of(it.kind, text.get(it.start..it.end)?)));
            }
            kind => names.extend(name_of(kind, &token.text)),
        }
    }
    names
}

/// The name that stands at a place of a statement, perhaps in the text of a body: the last one before any parenthesis, as
/// the schema comes before it and arguments behind it.
pub(super) fn name_at(tokens: &[Token], span: Span) -> Option<String> {
    let inside: Vec<(TokenKind, &str)> = tokens
        .iter()
        .filter(|token| span.contains(token.span))
        .map(|token| (token.kind, &*token.text))
        .collect();
    if !inside.is_empty() {
        return last_name(inside);
    }
    let body = tokens.iter().find(|token| token.span.contains(span))?;
    // A text that was joined, or that has escapes in it, does not have its places where the file has them.
    let is_verbatim = body.text.len() == (body.span.end - body.span.start) as usize;
    let start = (span.start - body.span.start) as usize;
    let end = (span.end - body.span.start) as usize;
    let text = body.text.get(start..end).filter(|_| is_verbatim)?;
    let tokens = tokenize(text).into_iter();
    last_name(tokens.map(|it| (it.kind, text.get(it.start..it.end).unwrap_or_default())))
}

fn last_name<'a>(tokens: impl IntoIterator<Item = (TokenKind, &'a str)>) -> Option<String> {
    let tokens = tokens.into_iter();
    let tokens = tokens.take_while(|(kind, _)| *kind != TokenKind::Symbol(Symbol::LeftParen));
    let names = tokens.filter_map(|(kind, text)| name_of(kind, text));
    names.last()
}

/// The name that a token would be. What is a keyword here may be a name as well, and operators are known by theirs.
fn name_of(kind: TokenKind, text: &str) -> Option<String> {
    match kind {
        TokenKind::Word
        | TokenKind::Keyword(_)
        | TokenKind::QuotedName
        | TokenKind::UnicodeName => name_value(kind, text, '\\').ok(),
        TokenKind::Operator => Some(text.to_owned()),
        TokenKind::Space
        | TokenKind::Comment
        | TokenKind::String
        | TokenKind::EscapeString
        | TokenKind::UnicodeString
        | TokenKind::NationalString
        | TokenKind::DollarString
        | TokenKind::BitString
        | TokenKind::HexString
        | TokenKind::Integer
        | TokenKind::Numeric
        | TokenKind::Parameter
        | TokenKind::Symbol(_)
        | TokenKind::Illegal(_) => None,
    }
}

const CREATED: &str = "it is created only here, later";

impl Introduces for Catalog {
    type Name = String;
    type Places<'a> = Vec<Oid>;

    fn is_of_a_name(code: Code) -> bool {
        matches!(
            code,
            Code::UnknownColumn
                | Code::UnknownTable
                | Code::UnknownIndex
                | Code::UnknownTrigger
                | Code::UnknownType
                | Code::UnknownFunction
                | Code::UnknownConstraint
                | Code::UnknownDatabase
                | Code::UnknownObject
                | Code::UnknownRole
                | Code::UnknownExtension
                | Code::UnknownCollation
        )
    }

    fn places(&self, names: &BTreeSet<String>) -> Vec<Oid> {
        let schemas = self.namespaces.iter().map(|it| it.oid);
        let found = schemas.flat_map(|schema| {
            let names = names.iter();
            names.filter_map(move |name| self.relations.named(Some(schema), name))
        });
        found.map(|it| it.oid).collect()
    }

    fn introduced(
        &self,
        code: Code,
        name: &String,
        tables: &Vec<Oid>,
    ) -> Option<(Span, Cow<'static, str>)> {
        match code {
            Code::UnknownColumn => {
                let mut tables = tables.iter().filter_map(|it| self.relations.get(*it));
                let column = tables.find_map(|table| table.column(name))?;
                let span = column.provenance.as_ref()?.first_created();
                Some((span, "the column is added only here, later".into()))
            }
            Code::UnknownTable | Code::UnknownIndex => {
                self.made_in(Class::Relation, &self.relations, name, tables)
            }
            Code::UnknownTrigger => self.made_in(Class::Trigger, &self.triggers, name, tables),
            Code::UnknownType => self.made_in(Class::Type, &self.types, name, tables),
            Code::UnknownFunction => self
                .made_in(Class::Routine, &self.routines, name, tables)
                .or_else(|| self.made_in(Class::Operator, &self.operators, name, tables)),
            Code::UnknownConstraint => {
                self.made_in(Class::Constraint, &self.constraints, name, tables)
            }
            Code::UnknownDatabase => self.made_in(Class::Namespace, &self.namespaces, name, tables),
            Code::UnknownRole => self.made_in(Class::Role, &self.roles, name, tables),
            Code::UnknownExtension => {
                self.made_in(Class::Extension, &self.extensions, name, tables)
            }
            Code::UnknownCollation => {
                self.made_in(Class::Collation, &self.collations, name, tables)
            }
            Code::UnknownObject => self.other_made(name, tables),
            _ => None,
        }
    }
}

impl Catalog {
    /// Where something of a name was made, whatever its schema or table.
    fn made_in<T: Object>(
        &self,
        class: Class,
        objects: &Objects<T>,
        name: &str,
        tables: &[Oid],
    ) -> Option<(Span, Cow<'static, str>)> {
        let schemas = self.namespaces.iter().map(|it| it.oid);
        let holders = schemas.chain(tables.iter().copied()).map(Some);
        let mut found = holders
            .chain([None])
            .flat_map(|holder| objects.all_named(holder, name));
        found.find_map(|it| {
            if let Some(provenance) = it.provenance() {
                return Some((provenance.first_created(), CREATED.into()));
            }
            let extension = self.extension_of(Address::new(class, it.oid()))?;
            let extension = self.extensions.get(extension)?;
            let span = extension.provenance.as_ref()?.first_created();
            let text = format!(
                "extension `{}` brings it, which is created only here, later",
                extension.name
            );
            Some((span, text.into()))
        })
    }

    /// As [`Self::made_in`], of what has no code of its own.
    fn other_made(&self, name: &str, tables: &[Oid]) -> Option<(Span, Cow<'static, str>)> {
        // What stands in `plain` has a class of its own, and none of it comes with an extension.
        self.made_in(Class::Policy, &self.policies, name, tables)
            .or_else(|| self.made_in(Class::Rule, &self.rules, name, tables))
            .or_else(|| self.made_in(Class::Publication, &self.publications, name, tables))
            .or_else(|| self.made_in(Class::Statistics, &self.statistics, name, tables))
            .or_else(|| self.made_in(Class::Language, &self.languages, name, tables))
            .or_else(|| self.made_in(Class::AccessMethod, &self.access_methods, name, tables))
            .or_else(|| self.made_in(Class::OperatorClass, &self.operator_classes, name, tables))
            .or_else(|| self.made_in(Class::OperatorFamily, &self.operator_families, name, tables))
            .or_else(|| self.made_in(Class::Conversion, &self.plain, name, tables))
    }
}
