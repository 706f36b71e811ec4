//! Rows of VALUES that a table refuses whatever the database holds: those that break a CHECK of it or of a domain, and those
//! that repeat a key of one another.

use super::resolver::Resolver;
use crate::errors::postgres::values as errors;
use crate::postgres::catalog::{
    Column, Constraint, ConstraintKind, Generated, IndexTerm, Relation, TypeDetails,
};
use crate::postgres::constant::{Folded, fold};
use crate::postgres::tree::{Constant, Expr, Value};
use crate::postgres::types::{TypeKind, ValueType};
use crate::text::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// A value that a row is given for a column, by its number, and its place.
pub(super) type Given<'e> = (i16, &'e Expr, Span);

/// What is known of the values of a row, by the numbers of their columns.
type Row = HashMap<i16, Folded>;

impl Resolver<'_> {
    /// Reports the first CHECK that a row breaks; `list` is where columns that are not given would be listed. Says whether
    /// there was one.
    pub(super) fn check_conditions(
        &mut self,
        relation: &Relation,
        given: &[Given<'_>],
        list: Span,
    ) -> bool {
        let row = self.row_of(relation, given);
        let place = |columns: &[i16]| {
            let found = given.iter().find(|it| columns.contains(&it.0));
            found.map_or((list, false), |(_, value, span)| {
                (*span, !matches!(value, Expr::Default(_)))
            })
        };
        for column in relation.live_columns() {
            let Some(Folded::Known(value)) = row.get(&column.number) else {
                continue;
            };
            let (span, is_given) = place(&[column.number]);
            if let Some(diagnostic) = self.breaks_domain(column, value.as_ref(), span, is_given) {
                self.report(diagnostic);
                return true;
            }
        }
        let checks = self.catalog.constraints.inside(Some(relation.oid));
        let broken = checks.filter(|it| it.enforced).find_map(|check| {
            let ConstraintKind::Check {
                condition: Some(condition),
                columns,
            } = &check.kind
            else {
                return None;
            };
            let mut condition = condition.as_ref().clone();
            fill_in(&mut condition, relation, &row);
            self.is_false(&condition).then_some((check, columns))
        });
        let Some((check, columns)) = broken else {
            return false;
        };
        let (span, is_given) = place(columns);
        let diagnostic = errors::broken_check(
            span,
            is_given,
            &check.name,
            &format!("table `{}`", relation.name),
            declared(check),
        );
        self.report(diagnostic);
        true
    }

    /// Whether a condition is certain to be false.
    fn is_false(&self, condition: &Expr) -> bool {
        let found = fold(self.catalog, self.version, condition);
        matches!(found, Ok(Folded::Known(Some(text))) if &*text == "f")
    }

    /// What the columns of a row get.
    fn row_of(&self, relation: &Relation, given: &[Given<'_>]) -> Row {
        let mut row = Row::new();
        let generated = |it: &&Column| it.generated.is_some();
        for column in relation.live_columns().filter(|it| !generated(it)) {
            let value = given.iter().find(|(number, ..)| *number == column.number);
            let value = match value {
                Some((_, Expr::Default(_), _)) | None => self.default_value(column),
                Some((_, value, _)) => self.value_of((*value).clone()),
            };
            row.insert(column.number, value);
        }
        for column in relation.live_columns().filter(generated) {
            let value = match (&column.default, column.generated) {
                (Some(expression), Some(Generated::Stored)) => {
                    let mut expression = expression.as_ref().clone();
                    fill_in(&mut expression, relation, &row);
                    self.value_of(expression)
                }
                _ => Folded::Varies,
            };
            row.insert(column.number, value);
        }
        row
    }

    /// What a column gets where no value is given.
    fn default_value(&self, column: &Column) -> Folded {
        match &column.default {
            Some(default) => self.value_of(default.as_ref().clone()),
            None if column.identity.is_some() || self.has_default(column) => Folded::Varies,
            None => Folded::Known(None),
        }
    }

    /// A value, the conversion to a domain apart: whether its conditions hold is looked at by itself.
    fn value_of(&self, mut value: Expr) -> Folded {
        fn without_domains(value: &mut Expr) {
            if let Expr::ToDomain(conversion) = value {
                *value = std::mem::replace(&mut conversion.operand, Expr::Unknown);
                without_domains(value);
            }
            value.each_operand(&mut without_domains);
        }
        without_domains(&mut value);
        fold(self.catalog, self.version, &value).unwrap_or(Folded::Varies)
    }

    /// What is wrong with a value for the domain of its column, and the domains that this one is made of.
    fn breaks_domain(
        &self,
        column: &Column,
        value: Option<&Arc<str>>,
        span: Span,
        is_given: bool,
    ) -> Option<crate::diagnostic::Diagnostic> {
        let mut domains = Vec::new();
        let mut typed = column.typed;
        while let Some(TypeKind::Domain { base }) = self.type_kind(typed.oid) {
            domains.push(typed.oid);
            typed = base;
        }
        // Those that it is made of come first.
        for domain in domains.into_iter().rev() {
            let name = self.type_name(domain);
            let details = self.catalog.made_type(domain).map(|it| &it.more);
            if value.is_none()
                && matches!(details, Some(TypeDetails::Domain(details)) if details.not_null)
            {
                return Some(errors::null_in_domain(span, &column.name, &name));
            }
            let broken = self.catalog.constraints.inside(Some(domain)).find(|check| {
                let ConstraintKind::Check {
                    condition: Some(condition),
                    ..
                } = &check.kind
                else {
                    return false;
                };
                let mut condition = condition.as_ref().clone();
                fill_in_value(&mut condition, value);
                self.is_false(&condition)
            });
            if let Some(check) = broken {
                let domain = format!("domain `{name}`");
                return Some(errors::broken_check(
                    span,
                    is_given,
                    &check.name,
                    &domain,
                    declared(check),
                ));
            }
        }
        None
    }

    /// Reports the first row of one statement that has a key which a row before it has.
    pub(super) fn check_keys(&mut self, relation: &Relation, rows: &[Vec<Given<'_>>]) {
        let indexes = relation.indexes.iter();
        let indexes = indexes.filter_map(|it| self.catalog.relation(*it));
        let keys: Vec<(&str, Vec<&Column>)> = indexes
            .filter_map(|it| {
                let index = it.index()?;
                let is_plain = index.unique && index.immediate && index.predicate.is_none();
                let columns = index.keys.iter().map(|key| match &key.term {
                    IndexTerm::Column(number) => relation.column_at(*number),
                    IndexTerm::Expression(_) => None,
                });
                let columns: Option<Vec<&Column>> = columns.collect();
                columns
                    .filter(|_| is_plain)
                    .map(|columns| (&*it.name, columns))
            })
            .collect();
        for (name, columns) in keys {
            let mut seen: HashMap<Vec<Arc<str>>, Span> = HashMap::new();
            for row in rows {
                let mut span: Option<Span> = None;
                let values: Option<Vec<Arc<str>>> = columns
                    .iter()
                    .map(|column| {
                        let given = row.iter().find(|it| it.0 == column.number);
                        let value = match given {
                            Some((_, Expr::Default(_), _)) | None => self.default_value(column),
                            Some((_, value, _)) => self.value_of((*value).clone()),
                        };
                        let place = given.map(|it| it.2);
                        span = match (span, place) {
                            (Some(one), Some(other)) => Some(one.to(other)),
                            (one, other) => one.or(other),
                        };
                        // NULL is no key.
                        match value {
                            Folded::Known(value) => value,
                            Folded::Varies => None,
                        }
                    })
                    .collect();
                let (Some(values), Some(span)) = (values, span) else {
                    continue;
                };
                if let Some(first) = seen.insert(values, span) {
                    let names: Vec<&str> = columns.iter().map(|it| &*it.name).collect();
                    let diagnostic =
                        errors::repeated_key(span, first, name, &names, &relation.name);
                    self.report(diagnostic);
                    return;
                }
            }
        }
    }
}

fn declared(check: &Constraint) -> Option<Span> {
    check.provenance.as_ref().map(|it| it.created)
}

fn constant(typed: ValueType, value: Option<Arc<str>>) -> Expr {
    Expr::Constant(Constant {
        typed,
        value: value.map(Value::Text),
    })
}

/// Puts what is known of a row in the place of its columns.
fn fill_in(expression: &mut Expr, relation: &Relation, row: &Row) {
    if let Expr::Column(column) = expression
        && column.levels_up == 0
        && relation.column_at(column.number).is_some()
        && let Some(Folded::Known(value)) = row.get(&column.number)
    {
        *expression = constant(column.typed, value.clone());
        return;
    }
    expression.each_operand(&mut |operand| fill_in(operand, relation, row));
}

/// Puts a value in the place of VALUE.
fn fill_in_value(expression: &mut Expr, value: Option<&Arc<str>>) {
    if let Expr::DomainValue(typed) = expression {
        *expression = constant(*typed, value.cloned());
        return;
    }
    expression.each_operand(&mut |operand| fill_in_value(operand, value));
}
