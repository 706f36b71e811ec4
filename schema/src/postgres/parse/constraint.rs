//! Constraints of tables.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    ConstraintAttributes, ConstraintChange, ExclusionElement, TableConstraint, TableConstraintKind,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// Whether a constraint of a table is next, rather than a column.
    pub(super) fn is_at_table_constraint(&self) -> bool {
        match self.keyword() {
            Some(
                Keyword::Constraint
                | Keyword::Check
                | Keyword::Unique
                | Keyword::Primary
                | Keyword::Foreign,
            ) => true,
            // It may also be a column's name.
            Some(Keyword::Exclude) => {
                self.peek_at(1) == Some(Keyword::Using.into())
                    || self.peek_at(1) == Some(Symbol::LeftParen.into())
            }
            Some(Keyword::Not) => self.version >= 18,
            _ => false,
        }
    }

    /// A constraint of a table, perhaps with its name (`TableConstraint`).
    pub(super) fn table_constraint(&mut self) -> Syntax<TableConstraint> {
        let start = self.position();
        let name = self.name_after(Keyword::Constraint, "a constraint")?;
        let (mut kind, allowed) = self.table_constraint_kind()?;
        let said = self.constraint_attributes()?;
        let attributes = self.allowed_attributes(&said, allowed)?;
        if let TableConstraintKind::Check { no_inherit, .. }
        | TableConstraintKind::NotNull { no_inherit, .. } = &mut kind
        {
            *no_inherit = said.no_inherit.is_some();
        }
        Ok(TableConstraint {
            name,
            kind,
            attributes,
            span: self.span_from(start),
        })
    }

    fn table_constraint_kind(&mut self) -> Syntax<(TableConstraintKind, Allowed)> {
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("a constraint"));
        };
        let at = self.position();
        match keyword {
            Keyword::Check => {
                self.advance();
                self.expect(Symbol::LeftParen)?;
                let expression = self.expr()?;
                self.expect(Symbol::RightParen)?;
                let kind = TableConstraintKind::Check {
                    expression,
                    no_inherit: false,
                };
                Ok((kind, Allowed::Check))
            }
            Keyword::Not if self.version >= 18 => {
                self.expect_phrase(&[Keyword::Not, Keyword::Null])?;
                let kind = TableConstraintKind::NotNull {
                    column: self.column_id("a column")?,
                    no_inherit: false,
                };
                Ok((kind, Allowed::NotNull))
            }
            Keyword::Unique => {
                self.advance();
                if self.accept_phrase(&[Keyword::Using, Keyword::Index]) {
                    let index = self.column_id("an index")?;
                    return Ok((TableConstraintKind::UniqueIndex(index), Allowed::Index));
                }
                let nulls_not_distinct = self.nulls_not_distinct()?;
                let (columns, without_overlaps) = self.unique_columns()?;
                let kind = TableConstraintKind::Unique {
                    nulls_not_distinct,
                    columns,
                    without_overlaps,
                    index: self.index_parameters(true)?,
                };
                Ok((kind, Allowed::Index))
            }
            Keyword::Primary => {
                self.expect_phrase(&[Keyword::Primary, Keyword::Key])?;
                if self.accept_phrase(&[Keyword::Using, Keyword::Index]) {
                    let index = self.column_id("an index")?;
                    return Ok((TableConstraintKind::PrimaryKeyIndex(index), Allowed::Index));
                }
                let (columns, without_overlaps) = self.unique_columns()?;
                let kind = TableConstraintKind::PrimaryKey {
                    columns,
                    without_overlaps,
                    index: self.index_parameters(true)?,
                };
                Ok((kind, Allowed::Index))
            }
            Keyword::Exclude => {
                self.advance();
                let method = self.name_after(Keyword::Using, "an access method")?;
                let elements = self.parenthesized_list(Self::exclusion_element)?;
                let index = self.index_parameters(true)?;
                let filter = match self.accept(Keyword::Where) {
                    true => {
                        self.expect(Symbol::LeftParen)?;
                        let filter = self.expr()?;
                        self.expect(Symbol::RightParen)?;
                        Some(filter)
                    }
                    false => None,
                };
                let kind = TableConstraintKind::Exclude {
                    method,
                    elements,
                    index,
                    filter,
                };
                Ok((kind, Allowed::Index))
            }
            Keyword::Foreign => {
                self.expect_phrase(&[Keyword::Foreign, Keyword::Key])?;
                let mut period = false;
                let columns = self.key_columns(&mut period)?;
                if period {
                    self.needs(18, "PERIOD", at);
                }
                let kind = TableConstraintKind::ForeignKey {
                    columns,
                    period,
                    reference: self.references()?,
                };
                Ok((kind, Allowed::ForeignKey))
            }
            _ => Err(self.expected("`CHECK`, `UNIQUE`, `PRIMARY KEY`, `FOREIGN KEY` or `EXCLUDE`")),
        }
    }

    /// `(a, b)` or, since version 18, `(a, b WITHOUT OVERLAPS)`.
    fn unique_columns(&mut self) -> Syntax<(Vec<crate::postgres::ast::Ident>, bool)> {
        self.expect(Symbol::LeftParen)?;
        let columns = self.names("a column")?;
        let start = self.position();
        let without_overlaps = self.accept_start(Keyword::Without, &[Keyword::Overlaps])?;
        if without_overlaps {
            self.needs(18, "WITHOUT OVERLAPS", start);
        }
        self.expect(Symbol::RightParen)?;
        Ok((columns, without_overlaps))
    }

    fn exclusion_element(&mut self) -> Syntax<ExclusionElement> {
        let element = self.index_element()?;
        self.expect(Keyword::With)?;
        let is_call =
            self.is_at(Keyword::Operator) && self.peek_at(1) == Some(Symbol::LeftParen.into());
        let operator = match is_call {
            true => self.operator()?,
            false => self.qualified_operator()?,
        };
        Ok(ExclusionElement { element, operator })
    }

    /// DEFERRABLE, NOT VALID, NO INHERIT and their kin, in any order (`ConstraintAttributeSpec`).
    pub(super) fn constraint_attributes(&mut self) -> Syntax<SaidAttributes> {
        let mut said = SaidAttributes::default();
        loop {
            let start = self.position();
            let place = match self.keyword() {
                Some(Keyword::Deferrable) => {
                    self.advance();
                    &mut said.deferrable
                }
                Some(Keyword::Initially) => {
                    self.advance();
                    if self.accept(Keyword::Deferred) {
                        &mut said.initially_deferred
                    } else if self.accept(Keyword::Immediate) {
                        &mut said.initially_immediate
                    } else {
                        return Err(self.expected("`DEFERRED` or `IMMEDIATE`"));
                    }
                }
                Some(Keyword::Not) => {
                    let place = match self.keyword_at(1) {
                        Some(Keyword::Deferrable) => &mut said.not_deferrable,
                        Some(Keyword::Valid) => &mut said.not_valid,
                        Some(Keyword::Enforced) => &mut said.not_enforced,
                        _ => return Ok(said),
                    };
                    self.advance();
                    self.advance();
                    place
                }
                Some(Keyword::No) if self.keyword_at(1) == Some(Keyword::Inherit) => {
                    self.advance();
                    self.advance();
                    &mut said.no_inherit
                }
                Some(Keyword::Enforced) => {
                    self.advance();
                    &mut said.enforced
                }
                _ => return Ok(said),
            };
            let span = self.span_from(start);
            *place = Some(span);
            if said.not_deferrable.is_some() && said.initially_deferred.is_some() {
                return self.refuse(
                    span,
                    "a constraint that is INITIALLY DEFERRED must be DEFERRABLE",
                );
            }
            let conflict = said.not_deferrable.is_some() && said.deferrable.is_some()
                || said.initially_deferred.is_some() && said.initially_immediate.is_some()
                || said.enforced.is_some() && said.not_enforced.is_some();
            if conflict {
                return self.refuse(span, "conflicting properties of a constraint");
            }
        }
    }

    /// The attributes that were said, if constraints of the kind can have them (`processCASbits`).
    pub(super) fn allowed_attributes(
        &self,
        said: &SaidAttributes,
        allowed: Allowed,
    ) -> Syntax<ConstraintAttributes> {
        let is_deferrable = matches!(
            allowed,
            Allowed::Index | Allowed::ForeignKey | Allowed::Trigger
        );
        let is_enforced = matches!(allowed, Allowed::Check | Allowed::ForeignKey);
        for (place, is_allowed, word) in [
            (said.deferrable, is_deferrable, "DEFERRABLE"),
            (said.initially_deferred, is_deferrable, "DEFERRABLE"),
            (
                said.not_valid,
                matches!(
                    allowed,
                    Allowed::Check | Allowed::NotNull | Allowed::ForeignKey
                ),
                "NOT VALID",
            ),
            (
                said.no_inherit,
                matches!(allowed, Allowed::Check | Allowed::NotNull),
                "NO INHERIT",
            ),
            (said.not_enforced, is_enforced, "NOT ENFORCED"),
            (said.enforced, is_enforced, "ENFORCED"),
        ] {
            if let Some(span) = place
                && !is_allowed
            {
                return self.refuse(span, &format!("this constraint cannot be {word}"));
            }
        }
        Ok(ConstraintAttributes {
            deferrable: said.deferrable.is_some() || said.initially_deferred.is_some(),
            initially_deferred: said.initially_deferred.is_some(),
            not_valid: said.not_valid.is_some(),
            not_enforced: said.not_enforced.is_some(),
        })
    }
}

/// Which attributes a constraint can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    Check,
    NotNull,
    /// UNIQUE, PRIMARY KEY, EXCLUDE.
    Index,
    ForeignKey,
    Trigger,
}

/// Where each attribute of a constraint was said last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SaidAttributes {
    pub(super) deferrable: Option<Span>,
    pub(super) not_deferrable: Option<Span>,
    pub(super) initially_deferred: Option<Span>,
    pub(super) initially_immediate: Option<Span>,
    pub(super) not_valid: Option<Span>,
    pub(super) no_inherit: Option<Span>,
    pub(super) enforced: Option<Span>,
    pub(super) not_enforced: Option<Span>,
}

impl SaidAttributes {
    /// What ALTER CONSTRAINT changes.
    pub(super) fn change(&self) -> ConstraintChange {
        let of = |yes: Option<Span>, no: Option<Span>| match (yes, no) {
            (Some(_), _) => Some(true),
            (None, Some(_)) => Some(false),
            (None, None) => None,
        };
        ConstraintChange {
            deferrable: of(
                self.deferrable.or(self.initially_deferred),
                self.not_deferrable,
            ),
            initially_deferred: of(self.initially_deferred, self.initially_immediate),
            enforced: of(self.enforced, self.not_enforced),
            inherit: self.no_inherit.map(|_| false),
        }
    }
}
