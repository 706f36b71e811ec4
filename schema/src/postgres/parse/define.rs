//! CREATE AGGREGATE, OPERATOR, CAST, COLLATION and other objects that extend the engine.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterConfiguration, AlterDictionary, AlterOperatorFamily, CastContext, CastMethod,
    CreateAccessMethod, CreateCast, CreateConversion, CreateLanguage, CreateOperatorClass,
    CreateOperatorFamily, CreateTransform, Define, DefineKind, Ident, MappingAction,
    OperatorClassItem, OperatorClassItemKind, OperatorFamilyAction, OperatorFamilyDrop, Parameter,
    QualifiedName, RoutineReference, RoutineWord, StatementKind,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    fn define(
        &mut self,
        kind: DefineKind,
        or_replace: bool,
        if_not_exists: bool,
        options: Vec<Parameter>,
        start: usize,
    ) -> StatementKind {
        StatementKind::Define(Define {
            kind,
            or_replace,
            if_not_exists,
            options,
            span: self.span_from(start),
        })
    }

    /// What follows CREATE AGGREGATE.
    pub(super) fn create_aggregate(
        &mut self,
        or_replace: bool,
        start: usize,
    ) -> Syntax<StatementKind> {
        let name = self.function_name("an aggregate")?;
        let is_old = self.peek_at(1).is_some_and(super::names::is_identifier)
            && self.peek_at(2) == Some(Symbol::Equal.into());
        let (arguments, options) = match is_old {
            true => (None, self.old_aggregate_definition()?),
            false => (Some(self.aggregate_arguments()?), self.definition()?),
        };
        let kind = DefineKind::Aggregate { name, arguments };
        Ok(self.define(kind, or_replace, false, options, start))
    }

    /// `(name = value, …)` in which no name is a keyword (`old_aggr_definition`).
    fn old_aggregate_definition(&mut self) -> Syntax<Vec<Parameter>> {
        self.parenthesized_list(|parser| {
            let start = parser.position();
            if !parser.is_at_identifier() {
                return Err(parser.expected("a parameter"));
            }
            let name = parser.take_name()?;
            parser.expect(Symbol::Equal)?;
            Ok(Parameter {
                namespace: None,
                name,
                value: Some(parser.parameter_value()?),
                span: parser.span_from(start),
            })
        })
    }

    /// What follows CREATE OPERATOR.
    pub(super) fn create_operator(&mut self, start: usize) -> Syntax<StatementKind> {
        let is_schema = self.peek_at(1) == Some(Symbol::Dot.into());
        if !is_schema && self.accept(Keyword::Class) {
            return self.create_operator_class();
        }
        if !is_schema && self.accept(Keyword::Family) {
            let name = self.qualified_name("an operator family")?;
            return Ok(StatementKind::CreateOperatorFamily(CreateOperatorFamily {
                name,
                method: self.using_method()?,
            }));
        }
        let kind = DefineKind::Operator(self.qualified_operator()?);
        let options = self.definition()?;
        Ok(self.define(kind, false, false, options, start))
    }

    fn create_operator_class(&mut self) -> Syntax<StatementKind> {
        let name = self.qualified_name("an operator class")?;
        let is_default = self.accept(Keyword::Default);
        self.expect_phrase(&[Keyword::For, Keyword::Type])?;
        let type_name = self.type_name()?;
        let method = self.using_method()?;
        let family = match self.accept(Keyword::Family) {
            true => Some(self.qualified_name("an operator family")?),
            false => None,
        };
        self.expect(Keyword::As)?;
        let items = self.list(Self::operator_class_item)?;
        Ok(StatementKind::CreateOperatorClass(CreateOperatorClass {
            name,
            is_default,
            type_name,
            method,
            family,
            items,
        }))
    }

    fn operator_class_item(&mut self) -> Syntax<OperatorClassItem> {
        let start = self.position();
        let kind = match self.keyword() {
            Some(Keyword::Operator) => {
                self.advance();
                let number = self.integer("a number")?;
                let name = self.qualified_operator()?;
                let operands = match self.is_at(Symbol::LeftParen) {
                    true => Some(Box::new(self.operands()?)),
                    false => None,
                };
                let mut order_family = None;
                if self.accept(Keyword::For) && !self.accept(Keyword::Search) {
                    self.expect_phrase(&[Keyword::Order, Keyword::By])?;
                    order_family = Some(self.qualified_name("an operator family")?);
                }
                OperatorClassItemKind::Operator {
                    number,
                    name,
                    operands,
                    order_family,
                }
            }
            Some(Keyword::Function) => {
                self.advance();
                let number = self.integer("a number")?;
                let types = match self.is_at(Symbol::LeftParen) {
                    true => self.parenthesized_list(Self::type_name)?,
                    false => Vec::new(),
                };
                OperatorClassItemKind::Function {
                    number,
                    types,
                    function: self.routine(RoutineWord::Function)?,
                }
            }
            Some(Keyword::Storage) => {
                self.advance();
                OperatorClassItemKind::Storage(self.type_name()?)
            }
            _ => return Err(self.expected("`OPERATOR`, `FUNCTION` or `STORAGE`")),
        };
        Ok(OperatorClassItem {
            kind,
            span: self.span_from(start),
        })
    }

    /// What follows the method in ALTER OPERATOR FAMILY.
    pub(super) fn alter_operator_family(
        &mut self,
        name: QualifiedName,
        method: Ident,
    ) -> Syntax<StatementKind> {
        let action = match self.accept(Keyword::Add) {
            true => OperatorFamilyAction::Add(self.list(Self::operator_class_item)?),
            false => {
                self.expect(Keyword::Drop)?;
                OperatorFamilyAction::Drop(self.list(Self::operator_family_drop)?)
            }
        };
        Ok(StatementKind::AlterOperatorFamily(AlterOperatorFamily {
            name,
            method,
            action,
        }))
    }

    fn operator_family_drop(&mut self) -> Syntax<OperatorFamilyDrop> {
        let start = self.position();
        let function = self.accept(Keyword::Function);
        if !function && !self.accept(Keyword::Operator) {
            return Err(self.expected("`OPERATOR` or `FUNCTION`"));
        }
        Ok(OperatorFamilyDrop {
            function,
            number: self.integer("a number")?,
            types: self.parenthesized_list(Self::type_name)?,
            span: self.span_from(start),
        })
    }

    /// What follows CREATE CAST.
    pub(super) fn create_cast(&mut self, start: usize) -> Syntax<StatementKind> {
        self.expect(Symbol::LeftParen)?;
        let source = self.type_name()?;
        self.expect(Keyword::As)?;
        let target = self.type_name()?;
        self.expect(Symbol::RightParen)?;
        let method = if self.accept_start(Keyword::Without, &[Keyword::Function])? {
            CastMethod::WithoutFunction
        } else {
            self.expect(Keyword::With)?;
            match self.accept(Keyword::Inout) {
                true => CastMethod::InOut,
                false => {
                    self.expect(Keyword::Function)?;
                    CastMethod::Function(self.routine(RoutineWord::Function)?)
                }
            }
        };
        let context = match self.accept(Keyword::As) {
            false => CastContext::Explicit,
            true if self.accept(Keyword::Implicit) => CastContext::Implicit,
            true if self.accept(Keyword::Assignment) => CastContext::Assignment,
            true => return Err(self.expected("`ASSIGNMENT` or `IMPLICIT`")),
        };
        Ok(StatementKind::CreateCast(CreateCast {
            source,
            target,
            method,
            context,
            span: self.span_from(start),
        }))
    }

    /// What follows CREATE TRANSFORM.
    pub(super) fn create_transform(&mut self, or_replace: bool) -> Syntax<StatementKind> {
        self.expect(Keyword::For)?;
        let type_name = self.type_name()?;
        self.expect(Keyword::Language)?;
        let language = self.column_id("a language")?;
        let (mut from_sql, mut to_sql) = (None, None);
        self.expect(Symbol::LeftParen)?;
        loop {
            let (place, word) = match self.keyword() {
                Some(Keyword::From) if from_sql.is_none() => (&mut from_sql, Keyword::From),
                Some(Keyword::To) if to_sql.is_none() => (&mut to_sql, Keyword::To),
                _ => return Err(self.expected("`FROM SQL` or `TO SQL`")),
            };
            *place = Some(self.transform_function(word)?);
            if !self.accept(Symbol::Comma) {
                break;
            }
        }
        self.expect(Symbol::RightParen)?;
        Ok(StatementKind::CreateTransform(CreateTransform {
            or_replace,
            type_name,
            language,
            from_sql,
            to_sql,
        }))
    }

    fn transform_function(&mut self, word: Keyword) -> Syntax<RoutineReference> {
        self.expect_phrase(&[word, Keyword::Sql, Keyword::With, Keyword::Function])?;
        self.routine(RoutineWord::Function)
    }

    /// `[TRUSTED] [PROCEDURAL] LANGUAGE` with what follows it.
    pub(super) fn create_language(&mut self, or_replace: bool) -> Syntax<StatementKind> {
        let trusted = self.accept(Keyword::Trusted);
        self.accept(Keyword::Procedural);
        self.expect(Keyword::Language)?;
        let name = self.column_id("a language")?;
        let mut language = CreateLanguage {
            or_replace,
            trusted,
            name,
            handler: None,
            inline: None,
            validator: None,
        };
        if self.accept(Keyword::Handler) {
            language.handler = Some(self.qualified_name("a function")?);
            if self.accept(Keyword::Inline) {
                language.inline = Some(self.qualified_name("a function")?);
            }
            if self.accept(Keyword::Validator) {
                language.validator = Some(self.qualified_name("a function")?);
            } else {
                self.accept_start(Keyword::No, &[Keyword::Validator])?;
            }
        }
        Ok(StatementKind::CreateLanguage(language))
    }

    /// What follows CREATE ACCESS METHOD.
    pub(super) fn create_access_method(&mut self) -> Syntax<StatementKind> {
        let name = self.column_id("an access method")?;
        self.expect(Keyword::Type)?;
        let index = self.accept(Keyword::Index);
        if !index && !self.accept(Keyword::Table) {
            return Err(self.expected("`INDEX` or `TABLE`"));
        }
        self.expect(Keyword::Handler)?;
        Ok(StatementKind::CreateAccessMethod(CreateAccessMethod {
            name,
            index,
            handler: self.qualified_name("a function")?,
        }))
    }

    /// What follows CREATE COLLATION.
    pub(super) fn create_collation(&mut self, start: usize) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a collation")?;
        if self.accept(Keyword::From) {
            let kind = DefineKind::CollationFrom(name, self.qualified_name("a collation")?);
            return Ok(self.define(kind, false, if_not_exists, Vec::new(), start));
        }
        let options = self.definition()?;
        Ok(self.define(
            DefineKind::Collation(name),
            false,
            if_not_exists,
            options,
            start,
        ))
    }

    /// What follows CREATE [DEFAULT] CONVERSION.
    pub(super) fn create_conversion(&mut self, is_default: bool) -> Syntax<StatementKind> {
        let name = self.qualified_name("a conversion")?;
        self.expect(Keyword::For)?;
        let source = self.string("an encoding, as a string")?;
        self.expect(Keyword::To)?;
        let target = self.string("an encoding, as a string")?;
        self.expect(Keyword::From)?;
        Ok(StatementKind::CreateConversion(CreateConversion {
            is_default,
            name,
            source,
            target,
            function: self.qualified_name("a function")?,
        }))
    }

    /// What follows CREATE TEXT SEARCH.
    pub(super) fn create_text_search(&mut self, start: usize) -> Syntax<StatementKind> {
        let word = self.text_search_word()?;
        let name = self.qualified_name("a name")?;
        let options = self.definition()?;
        Ok(self.define(
            DefineKind::TextSearch(word, name),
            false,
            false,
            options,
            start,
        ))
    }

    /// `(options)` of ALTER TEXT SEARCH DICTIONARY.
    pub(super) fn alter_dictionary(&mut self, name: QualifiedName) -> Syntax<StatementKind> {
        Ok(StatementKind::AlterDictionary(AlterDictionary {
            name,
            options: self.definition()?,
        }))
    }

    /// The change of the mappings of a text search configuration.
    pub(super) fn alter_configuration(&mut self, name: QualifiedName) -> Syntax<StatementKind> {
        let keyword = self.keyword();
        self.advance();
        self.expect(Keyword::Mapping)?;
        let action = match keyword {
            Some(Keyword::Add) => {
                self.expect(Keyword::For)?;
                let tokens = self.names("a token type")?;
                self.expect(Keyword::With)?;
                MappingAction::Add(tokens, self.qualified_names("a dictionary")?)
            }
            Some(Keyword::Drop) => {
                let if_exists = self.if_exists();
                self.expect(Keyword::For)?;
                MappingAction::Drop {
                    if_exists,
                    tokens: self.names("a token type")?,
                }
            }
            _ => {
                let tokens = match self.accept(Keyword::For) {
                    true => self.names("a token type")?,
                    false => Vec::new(),
                };
                if tokens.is_empty() || self.is_at(Keyword::Replace) {
                    self.expect(Keyword::Replace)?;
                    let from = self.qualified_name("a dictionary")?;
                    self.expect(Keyword::With)?;
                    let to = self.qualified_name("a dictionary")?;
                    MappingAction::Replace(tokens, from, to)
                } else {
                    self.expect(Keyword::With)?;
                    MappingAction::Alter(tokens, self.qualified_names("a dictionary")?)
                }
            }
        };
        Ok(StatementKind::AlterConfiguration(AlterConfiguration {
            name,
            action,
        }))
    }
}
