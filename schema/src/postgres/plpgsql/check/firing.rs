//! The trigger that calls a body, as far as it decides which branches are taken.

use super::super::ast::Expression;
use crate::postgres::ast::{BooleanOperator, Constant, Expr, ExprKind, OperatorName, QueryBody};
use crate::postgres::catalog::{Catalog, Trigger, TriggerEvent, TriggerTime};
use crate::postgres::types::ValueType;
use std::sync::Arc;

/// A trigger that calls a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The type of the rows of its table, if it is called for each of them.
    pub row: Option<ValueType>,
    /// The trigger and its table, as messages name them.
    pub name: String,
    /// The names of REFERENCING, which the body reads like tables.
    transition_tables: Vec<Arc<str>>,
    /// The values that TG_… have: one, or one of some.
    facts: Vec<(&'static str, Vec<Arc<str>>)>,
}

impl Firing {
    /// A trigger of a catalog; nothing if its table is not known.
    #[must_use]
    pub fn of(catalog: &Catalog, trigger: &Trigger) -> Option<Firing> {
        let table = catalog.relation(trigger.table)?;
        let schema = catalog.namespace_name(table.namespace)?;
        let events = trigger.events.iter().map(|event| match event {
            TriggerEvent::Insert => "INSERT",
            TriggerEvent::Update => "UPDATE",
            TriggerEvent::Delete => "DELETE",
            TriggerEvent::Truncate => "TRUNCATE",
        });
        let when = match trigger.time {
            TriggerTime::Before => "BEFORE",
            TriggerTime::After => "AFTER",
            TriggerTime::InsteadOf => "INSTEAD OF",
        };
        let level = match trigger.for_each_row {
            true => "ROW",
            false => "STATEMENT",
        };
        let row = table.row_type.filter(|_| trigger.for_each_row);
        Some(Firing {
            row: row.map(ValueType::plain),
            name: format!("trigger `{}` of `{}`", trigger.name, table.name),
            transition_tables: [&trigger.old_table, &trigger.new_table]
                .into_iter()
                .filter_map(Option::clone)
                .collect(),
            facts: vec![
                ("tg_table_name", vec![Arc::clone(&table.name)]),
                ("tg_relname", vec![Arc::clone(&table.name)]),
                ("tg_table_schema", vec![schema.into()]),
                ("tg_name", vec![Arc::clone(&trigger.name)]),
                ("tg_when", vec![when.into()]),
                ("tg_level", vec![level.into()]),
                ("tg_op", events.map(Arc::from).collect()),
            ],
        })
    }

    fn values(&self, name: &str) -> Option<&[Arc<str>]> {
        let found = self.facts.iter().find(|(fact, _)| *fact == name);
        found.map(|(_, values)| values.as_slice())
    }

    /// Whether a name is that of a transition table.
    pub(super) fn brings(&self, name: &str) -> bool {
        self.transition_tables.iter().any(|table| **table == *name)
    }

    /// Whether a condition holds, where the trigger decides that.
    pub(super) fn decides(&self, condition: &Expression) -> Option<bool> {
        self.truth(value_of(condition)?)
    }

    /// Whether one of the values of CASE is that of its operand, where the trigger decides that.
    pub(super) fn decides_case(&self, operand: &Expression, values: &Expression) -> Option<bool> {
        let known = self.fact(value_of(operand)?)?;
        let QueryBody::Select(select) = &values.query.body else {
            return None;
        };
        let values = select.targets.iter().map(|target| text_of(&target.value));
        among(known, values)
    }

    fn truth(&self, condition: &Expr) -> Option<bool> {
        match &condition.kind {
            ExprKind::Boolean { operator, operands } => {
                let mut truths = operands.iter().map(|operand| self.truth(operand));
                let decisive = match operator {
                    BooleanOperator::And => false,
                    BooleanOperator::Or => true,
                };
                if truths.clone().any(|truth| truth == Some(decisive)) {
                    return Some(decisive);
                }
                truths.all(|truth| truth.is_some()).then_some(!decisive)
            }
            ExprKind::Not(operand) => self.truth(operand).map(|truth| !truth),
            ExprKind::Binary {
                operator,
                left,
                right,
            } => {
                let (known, text) = match (self.fact(left), self.fact(right)) {
                    (Some(known), _) => (known, text_of(right)),
                    (None, Some(known)) => (known, text_of(left)),
                    (None, None) => return None,
                };
                let equal = among(known, [text])?;
                match comparison(operator)? {
                    true => Some(equal),
                    false => Some(!equal),
                }
            }
            ExprKind::In {
                negated,
                value,
                list,
                ..
            } => {
                let known = self.fact(value)?;
                let found = among(known, list.iter().map(text_of))?;
                Some(found != *negated)
            }
            _ => None,
        }
    }

    fn fact(&self, value: &Expr) -> Option<&[Arc<str>]> {
        match &value.kind {
            ExprKind::Column { parts, star: None } => match parts.as_slice() {
                [name] => self.values(&name.name),
                _ => None,
            },
            ExprKind::Cast { value, .. } => self.fact(value),
            _ => None,
        }
    }
}

/// Whether a value is among others: nothing where it is one of several, some of which are.
fn among<'a>(
    known: &[Arc<str>],
    values: impl IntoIterator<Item = Option<&'a str>>,
) -> Option<bool> {
    let values: Option<Vec<&str>> = values.into_iter().collect();
    let values = values?;
    let count = known.iter().filter(|it| values.contains(&&***it)).count();
    match count {
        0 => Some(false),
        count if count == known.len() => Some(true),
        _ => None,
    }
}

/// Whether an operator is `=` or `<>`.
fn comparison(operator: &OperatorName) -> Option<bool> {
    match &*operator.name {
        "=" => Some(true),
        "<>" | "!=" => Some(false),
        _ => None,
    }
}

fn text_of(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Constant(Constant::String(text)) => Some(text),
        ExprKind::Cast { value, .. } => text_of(value),
        _ => None,
    }
}

/// The one value of an expression.
fn value_of(expression: &Expression) -> Option<&Expr> {
    match &expression.query.body {
        QueryBody::Select(select) if select.from.is_empty() && select.filter.is_none() => {
            match select.targets.as_slice() {
                [target] => Some(&target.value),
                _ => None,
            }
        }
        _ => None,
    }
}
