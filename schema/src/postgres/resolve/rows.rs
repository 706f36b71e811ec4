//! Values that a table refuses whatever the database holds: NULL, texts that are too long, numbers out of range.
//!
//! The engine computes constant conversions when it plans a statement, so that one that cannot be done fails the
//! statement even if it touches no row. A row of VALUES is always written, so that NULL in it always fails.

use super::context::Context;
use super::resolver::Resolver;
use super::written::Given;
use crate::errors::postgres::{changes as errors, values};
use crate::postgres::catalog::{
    Column, Enabled, Relation, RelationKind, RuleEvent, TriggerEvent, TriggerTime, TypeDetails,
};
use crate::postgres::constant::{Folded, Mistake, fold};
use crate::postgres::tree::Expr;
use crate::postgres::types::{Oid, TypeKind};
use crate::text::Span;

/// `bpchar(bpchar, int4, bool)`
const TO_BPCHAR: Oid = Oid(668);
/// `varchar(varchar, int4, bool)`
const TO_VARCHAR: Oid = Oid(669);
/// `numeric(numeric, int4)`
const TO_NUMERIC: Oid = Oid(1703);

impl Resolver<'_> {
    /// Reports a constant that a column cannot hold.
    pub(super) fn check_constant(&mut self, value: &Expr, column: &Column, span: Span) {
        if !self.plans {
            return;
        }
        if let Err(mistake) = fold(self.catalog, self.version, value) {
            self.report_mistake(&mistake, Some(&column.name), span);
        }
    }

    /// Computes what is constant of an expression of a statement that is planned; gives nothing known where that fails,
    /// which is reported.
    pub(super) fn computed(&mut self, value: Expr, context: Context, span: Span) -> Expr {
        if !self.plans || !self.level().planned || !context.is_planned() {
            return value;
        }
        match fold(self.catalog, self.version, &value) {
            Ok(Folded::Known(Some(count)))
                if matches!(context, Context::Limit | Context::Offset)
                    && count.starts_with('-') =>
            {
                let clause = context.place();
                self.mistake(values::negative_count(span, clause))
            }
            Ok(Folded::Known(_) | Folded::Varies) => value,
            Err(mistake) => {
                self.report_mistake(&mistake, None, span);
                Expr::Unknown
            }
        }
    }

    fn report_mistake(&mut self, mistake: &Mistake, column: Option<&str>, span: Span) {
        let type_name = |oid| self.type_name(oid);
        self.report(values::cannot_compute(span, mistake, type_name, column));
    }

    /// Reports what a table refuses of the rows of VALUES. `list` is where a column would have to be listed. Once a row is
    /// refused the others are not looked at: they often say the same.
    pub(super) fn check_rows(
        &mut self,
        relation: &Relation,
        rows: &[Vec<Given<'_>>],
        list: Span,
        on_conflict: bool,
    ) {
        if !self.plans || relation.incomplete || !self.writes_as_said(relation) {
            return;
        }
        for row in rows {
            let before = self.diagnostics.len();
            self.check_nulls(relation, row, list);
            if self.diagnostics.len() > before || self.check_conditions(relation, row, list) {
                return;
            }
        }
        if !on_conflict {
            self.check_keys(relation, rows);
        }
    }

    /// Reports the columns of a row of VALUES that cannot be NULL and would be.
    fn check_nulls(&mut self, relation: &Relation, given: &[Given<'_>], span: Span) {
        for column in relation.live_columns() {
            if !column.not_null || column.identity.is_some() || column.generated.is_some() {
                continue;
            }
            let value = given.iter().find(|(number, ..)| *number == column.number);
            let declared = column.provenance.as_ref().map(|it| it.created);
            match value {
                Some((_, Expr::Default(_), place)) if !self.has_default(column) => {
                    self.report(errors::null_default(*place, &column.name, declared));
                }
                Some((_, value, place)) if is_null(value) => {
                    self.report(errors::null_value(*place, &column.name, declared));
                }
                Some(_) => {}
                None if self.has_default(column) => {}
                None => {
                    self.report(errors::no_value(
                        span,
                        &relation.name,
                        &column.name,
                        declared,
                    ));
                }
            }
        }
    }

    /// Whether a column has a value where none is given, of its own or of its domain.
    pub(super) fn has_default(&self, column: &Column) -> bool {
        if column.default.is_some() {
            return true;
        }
        let mut oid = column.typed.oid;
        // A domain is made of what was there before it, so that this ends.
        while let Some(TypeKind::Domain { base }) = self.type_kind(oid) {
            let made = self.catalog.made_type(oid).map(|it| &it.more);
            match made {
                Some(TypeDetails::Domain(details)) if details.default.is_none() => oid = base.oid,
                // A default, or a domain of which nothing more is known.
                _ => return true,
            }
        }
        false
    }

    /// Whether nothing but the statement decides what is written: no trigger, no rule, no view.
    fn writes_as_said(&self, relation: &Relation) -> bool {
        let is_table = matches!(
            relation.kind,
            RelationKind::Table | RelationKind::Partitioned(_)
        );
        if !is_table || self.has_rule(relation.oid, RuleEvent::Insert) {
            return false;
        }
        let mut tables = vec![relation.oid];
        while let Some(table) = tables.pop() {
            let mut triggers = self.catalog.triggers.inside(Some(table));
            let changes = triggers.any(|it| {
                it.time == TriggerTime::Before
                    && it.for_each_row
                    && it.events.contains(&TriggerEvent::Insert)
                    && it.enabled != Enabled::Disabled
            });
            if changes {
                return false;
            }
            if let Some(table) = self.catalog.relation(table)
                && matches!(table.kind, RelationKind::Partitioned(_))
            {
                tables.extend(&table.children);
            }
        }
        true
    }
}

/// Whether a value is NULL on every database.
fn is_null(value: &Expr) -> bool {
    match value {
        Expr::Constant(constant) => constant.value.is_none(),
        Expr::Relabel(it) | Expr::ToDomain(it) | Expr::Io(it) => is_null(&it.operand),
        Expr::Collate(it) => is_null(&it.operand),
        // The conversions to a length are strict.
        Expr::Function(call) if matches!(call.function, TO_BPCHAR | TO_VARCHAR | TO_NUMERIC) => {
            call.arguments.first().is_some_and(is_null)
        }
        _ => false,
    }
}
