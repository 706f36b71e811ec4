//! Definitions of columns, and their constraints.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::syntax as errors;
use crate::postgres::ast::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, ConstraintAttributes,
    ForeignKeyAction, ForeignKeyReference, Ident, IndexParameters, QualifiedName,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// A column with its type (`columnDef`).
    pub(super) fn column_definition(&mut self) -> Syntax<ColumnDefinition> {
        let start = self.position();
        let name = self.column_id("a column or a constraint")?;
        let type_name = self.type_name()?;
        let word = self.position();
        let storage = self.word_after(Keyword::Storage, "a kind of storage")?;
        if storage.is_some() {
            self.needs(16, "STORAGE of a new column", word);
        }
        let compression = self.word_after(Keyword::Compression, "a compression method")?;
        let options = self.generic_options()?;
        let (collation, constraints) = self.column_constraints()?;
        Ok(ColumnDefinition {
            name,
            type_name,
            storage,
            compression,
            options,
            collation,
            constraints,
            span: self.span_from(start),
        })
    }

    /// The name or DEFAULT that follows a keyword, if the keyword is next.
    pub(super) fn word_after(&mut self, keyword: Keyword, what: &str) -> Syntax<Option<Ident>> {
        if !self.accept(keyword) {
            return Ok(None);
        }
        self.word_or_default(what).map(Some)
    }

    /// A name or DEFAULT.
    pub(super) fn word_or_default(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at(Keyword::Default) {
            true => self.take_name(),
            false => self.column_id(what),
        }
    }

    /// The collation and the constraints of a column (`ColQualList`), DEFERRABLE and its kin with the constraint that
    /// they belong to (`transformConstraintAttrs`).
    pub(super) fn column_constraints(
        &mut self,
    ) -> Syntax<(Option<QualifiedName>, Vec<ColumnConstraint>)> {
        let mut collation: Option<QualifiedName> = None;
        let mut constraints: Vec<ColumnConstraint> = Vec::new();
        let mut said = Said::default();
        loop {
            let start = self.position();
            if self.accept(Keyword::Collate) {
                let name = self.qualified_name("a collation")?;
                if let Some(first) = &collation {
                    return Err(Box::new(errors::second_collation(name.span, first.span)));
                }
                collation = Some(name);
            } else if let Some(attribute) = self.column_attribute()? {
                let span = self.span_from(start);
                let Some(last) = constraints.last_mut().filter(|last| is_deferrable(last)) else {
                    return self.refuse(
                        span,
                        "DEFERRABLE and INITIALLY belong after a UNIQUE, PRIMARY KEY or REFERENCES",
                    );
                };
                said.apply(attribute, &mut last.attributes)
                    .map_err(|message| Box::new(errors::refused(span, message)))?;
                last.span = last.span.to(span);
            } else if let Some(constraint) = self.column_constraint()? {
                said = Said::default();
                constraints.push(constraint);
            } else {
                return Ok((collation, constraints));
            }
        }
    }

    /// DEFERRABLE, NOT DEFERRABLE or INITIALLY (`ConstraintAttr`), if it is next.
    pub(super) fn column_attribute(&mut self) -> Syntax<Option<Attribute>> {
        if self.accept(Keyword::Deferrable) {
            return Ok(Some(Attribute::Deferrable(true)));
        }
        if self.accept_phrase(&[Keyword::Not, Keyword::Deferrable]) {
            return Ok(Some(Attribute::Deferrable(false)));
        }
        if !self.accept(Keyword::Initially) {
            return Ok(None);
        }
        if self.accept(Keyword::Deferred) {
            return Ok(Some(Attribute::InitiallyDeferred(true)));
        }
        if self.accept(Keyword::Immediate) {
            return Ok(Some(Attribute::InitiallyDeferred(false)));
        }
        Err(self.expected("`DEFERRED` or `IMMEDIATE`"))
    }

    /// A constraint of a column or domain, perhaps with its name, if one is next.
    pub(super) fn column_constraint(&mut self) -> Syntax<Option<ColumnConstraint>> {
        let start = self.position();
        let name = self.name_after(Keyword::Constraint, "a constraint")?;
        let Some(kind) = self.column_constraint_kind()? else {
            return match name {
                Some(_) => Err(self.expected("a constraint")),
                None => Ok(None),
            };
        };
        Ok(Some(ColumnConstraint {
            name,
            kind,
            attributes: ConstraintAttributes::default(),
            span: self.span_from(start),
        }))
    }

    fn column_constraint_kind(&mut self) -> Syntax<Option<ColumnConstraintKind>> {
        let Some(keyword) = self.keyword() else {
            return Ok(None);
        };
        let kind = match keyword {
            Keyword::Not if self.keyword_at(1) == Some(Keyword::Null) => {
                self.expect_phrase(&[Keyword::Not, Keyword::Null])?;
                let word = self.position();
                let no_inherit = self.no_inherit()?;
                if no_inherit {
                    self.needs(18, "NO INHERIT of NOT NULL", word);
                }
                ColumnConstraintKind::NotNull { no_inherit }
            }
            Keyword::Null => {
                self.advance();
                ColumnConstraintKind::Null
            }
            Keyword::Unique => {
                self.advance();
                ColumnConstraintKind::Unique {
                    nulls_not_distinct: self.nulls_not_distinct()?,
                    index: self.index_parameters(false)?,
                }
            }
            Keyword::Primary => {
                self.expect_phrase(&[Keyword::Primary, Keyword::Key])?;
                ColumnConstraintKind::PrimaryKey {
                    index: self.index_parameters(false)?,
                }
            }
            Keyword::Check => {
                self.advance();
                self.expect(Symbol::LeftParen)?;
                let expression = self.expr()?;
                self.expect(Symbol::RightParen)?;
                ColumnConstraintKind::Check {
                    expression,
                    no_inherit: self.no_inherit()?,
                }
            }
            Keyword::Default => {
                self.advance();
                ColumnConstraintKind::Default(self.restricted_expr()?)
            }
            Keyword::Generated => self.generated()?,
            Keyword::References => ColumnConstraintKind::References(self.references()?),
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    /// NO INHERIT, or nothing.
    fn no_inherit(&mut self) -> Syntax<bool> {
        self.accept_start(Keyword::No, &[Keyword::Inherit])
    }

    /// NULLS NOT DISTINCT, or NULLS DISTINCT or nothing (since version 15).
    pub(super) fn nulls_not_distinct(&mut self) -> Syntax<bool> {
        let start = self.position();
        if self.is_at_pair() || !self.accept(Keyword::Nulls) {
            return Ok(false);
        }
        let not = self.accept(Keyword::Not);
        self.expect(Keyword::Distinct)?;
        self.needs(15, "NULLS [NOT] DISTINCT", start);
        Ok(not)
    }

    /// `INCLUDE (…) WITH (…) USING INDEX TABLESPACE …` of a constraint with an index.
    pub(super) fn index_parameters(&mut self, of_table: bool) -> Syntax<IndexParameters> {
        let include = match of_table && self.accept(Keyword::Include) {
            true => self.column_names()?,
            false => Vec::new(),
        };
        let parameters = self.with_definition()?;
        let tablespace = match self.is_at(Keyword::Using) {
            true => {
                self.expect_phrase(&[Keyword::Using, Keyword::Index, Keyword::Tablespace])?;
                Some(self.column_id("a tablespace")?)
            }
            false => None,
        };
        Ok(IndexParameters {
            include,
            parameters,
            tablespace,
        })
    }

    /// ALWAYS or BY DEFAULT; true for ALWAYS.
    pub(super) fn generated_when(&mut self) -> Syntax<bool> {
        if self.accept(Keyword::Always) {
            return Ok(true);
        }
        if self.accept_start(Keyword::By, &[Keyword::Default])? {
            return Ok(false);
        }
        Err(self.expected("`ALWAYS` or `BY DEFAULT`"))
    }

    fn generated(&mut self) -> Syntax<ColumnConstraintKind> {
        self.expect(Keyword::Generated)?;
        let when = self.position();
        let always = self.generated_when()?;
        let when = self.span_from(when);
        self.expect(Keyword::As)?;
        if self.accept(Keyword::Identity) {
            return Ok(ColumnConstraintKind::Identity {
                always,
                options: self.parenthesized_sequence_options()?,
            });
        }
        if !self.accept(Symbol::LeftParen) {
            return Err(self.expected("`IDENTITY` or `(`"));
        }
        let expression = self.expr()?;
        self.expect(Symbol::RightParen)?;
        let is_virtual = match self.version {
            18.. => self.accept(Keyword::Virtual) || !self.accept(Keyword::Stored),
            _ => {
                self.stored()?;
                false
            }
        };
        if !always {
            return self.refuse(when, "a generated column must be GENERATED ALWAYS");
        }
        Ok(ColumnConstraintKind::Generated {
            expression,
            is_virtual,
        })
    }

    /// STORED, which older engines want; a newer one's VIRTUAL is told by its version.
    fn stored(&mut self) -> Syntax<()> {
        let start = self.position();
        let is_virtual = self
            .token()
            .is_some_and(|token| token.text.eq_ignore_ascii_case("virtual"));
        if is_virtual {
            self.advance();
            self.needs(18, "a VIRTUAL generated column", start);
            return Ok(());
        }
        self.expect(Keyword::Stored)
    }

    /// REFERENCES with what follows it, but for DEFERRABLE and its kin.
    pub(super) fn references(&mut self) -> Syntax<ForeignKeyReference> {
        let start = self.position();
        self.expect(Keyword::References)?;
        let table = self.qualified_name("a table")?;
        let mut period = false;
        let columns = match self.is_at(Symbol::LeftParen) {
            true => self.key_columns(&mut period)?,
            false => Vec::new(),
        };
        let match_full = self.match_full()?;
        let mut reference = ForeignKeyReference {
            table,
            columns,
            period,
            match_full,
            on_delete: ForeignKeyAction::NoAction,
            on_delete_columns: Vec::new(),
            on_update: ForeignKeyAction::NoAction,
            span: self.span_from(start),
        };
        let (mut has_delete, mut has_update) = (false, false);
        while self.is_at(Keyword::On) {
            match self.keyword_at(1) {
                Some(Keyword::Delete) if !has_delete => {
                    has_delete = true;
                    let (action, columns, _) = self.key_action()?;
                    reference.on_delete = action;
                    reference.on_delete_columns = columns;
                }
                Some(Keyword::Update) if !has_update => {
                    has_update = true;
                    let (action, columns, span) = self.key_action()?;
                    if !columns.is_empty() {
                        return self.refuse(span, "only ON DELETE takes a list of columns");
                    }
                    reference.on_update = action;
                }
                _ => break,
            }
        }
        reference.span = self.span_from(start);
        Ok(reference)
    }

    /// `(a, b)` or, since version 18, `(a, PERIOD b)`.
    pub(super) fn key_columns(&mut self, period: &mut bool) -> Syntax<Vec<Ident>> {
        self.parenthesized_list(|parser| {
            let is_period = !*period
                && parser.is_at(Keyword::Period)
                && parser.peek_at(1) != Some(Symbol::Comma.into())
                && parser.peek_at(1) != Some(Symbol::RightParen.into());
            if is_period {
                parser.advance();
                *period = true;
            } else if *period {
                return Err(parser.expected("`)`"));
            }
            parser.column_id("a column")
        })
    }

    fn match_full(&mut self) -> Syntax<bool> {
        let start = self.position();
        if !self.accept(Keyword::Match) {
            return Ok(false);
        }
        if self.accept(Keyword::Partial) {
            let span = self.span_from(start);
            return self.refuse(span, "MATCH PARTIAL is not implemented by the engine");
        }
        if self.accept(Keyword::Full) {
            return Ok(true);
        }
        match self.accept(Keyword::Simple) {
            true => Ok(false),
            false => Err(self.expected("`FULL` or `SIMPLE`")),
        }
    }

    /// `ON DELETE action (columns)`
    fn key_action(&mut self) -> Syntax<(ForeignKeyAction, Vec<Ident>, Span)> {
        self.advance();
        self.advance();
        let start = self.position();
        let action = match self.keyword() {
            Some(Keyword::Restrict) => ForeignKeyAction::Restrict,
            Some(Keyword::Cascade) => ForeignKeyAction::Cascade,
            Some(Keyword::No) => {
                self.expect_phrase(&[Keyword::No, Keyword::Action])?;
                return Ok((
                    ForeignKeyAction::NoAction,
                    Vec::new(),
                    self.span_from(start),
                ));
            }
            Some(Keyword::Set) => {
                self.advance();
                let action = match self.keyword() {
                    Some(Keyword::Null) => ForeignKeyAction::SetNull,
                    Some(Keyword::Default) => ForeignKeyAction::SetDefault,
                    _ => return Err(self.expected("`NULL` or `DEFAULT`")),
                };
                self.advance();
                let list = self.position();
                let columns = self.optional_columns()?;
                if !columns.is_empty() {
                    self.needs(15, "a list of columns of ON DELETE", list);
                }
                return Ok((action, columns, self.span_from(start)));
            }
            _ => {
                return Err(self
                    .expected("`NO ACTION`, `RESTRICT`, `CASCADE`, `SET NULL` or `SET DEFAULT`"));
            }
        };
        self.advance();
        Ok((action, Vec::new(), self.span_from(start)))
    }
}

/// A word that says when a constraint is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Deferrable(bool),
    InitiallyDeferred(bool),
}

/// What has been said of a constraint already.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    deferrability: bool,
    initially: bool,
}

impl Said {
    fn apply(
        &mut self,
        attribute: Attribute,
        attributes: &mut ConstraintAttributes,
    ) -> Result<(), &'static str> {
        const CONTRADICTION: &str = "a constraint that is INITIALLY DEFERRED must be DEFERRABLE";
        match attribute {
            Attribute::Deferrable(deferrable) => {
                if std::mem::replace(&mut self.deferrability, true) {
                    return Err("DEFERRABLE or NOT DEFERRABLE can be said once");
                }
                if !deferrable && self.initially && attributes.initially_deferred {
                    return Err(CONTRADICTION);
                }
                attributes.deferrable = deferrable;
            }
            Attribute::InitiallyDeferred(deferred) => {
                if std::mem::replace(&mut self.initially, true) {
                    return Err("INITIALLY can be said once");
                }
                attributes.initially_deferred = deferred;
                if deferred && !self.deferrability {
                    attributes.deferrable = true;
                }
                if deferred && !attributes.deferrable {
                    return Err(CONTRADICTION);
                }
            }
        }
        Ok(())
    }
}

fn is_deferrable(constraint: &ColumnConstraint) -> bool {
    matches!(
        constraint.kind,
        ColumnConstraintKind::Unique { .. }
            | ColumnConstraintKind::PrimaryKey { .. }
            | ColumnConstraintKind::References(_)
    )
}
