//! What expressions of constraints and defaults say: the strings that a CHECK lists, the sequence of a default.

use tablature_schema::postgres::catalog::{
    Catalog, Column, Constraint, ConstraintKind, ConstraintOn, Relation,
};
use tablature_schema::postgres::tree::{BooleanOperator, Constant, Expr, Value};
use tablature_schema::postgres::types::{Objects, Oid, well_known};

/// The strings that a column can hold.
pub(super) struct Allowed<'a> {
    /// In the order of the CHECK, each once.
    pub(super) texts: Vec<String>,
    /// The first CHECK that lists them.
    pub(super) constraint: &'a Constraint,
}

/// The strings that every CHECK of a column allows; none if there are more or other values than some strings.
pub(super) fn allowed<'a>(
    catalog: &'a Catalog,
    relation: &Relation,
    column: &Column,
) -> Option<Allowed<'a>> {
    let is_text = matches!(column.typed.oid, well_known::TEXT | well_known::VARCHAR);
    // Under another collation a value that the list does not hold as it is may pass the check.
    let collation = column.typed.collation;
    let collation = collation.and_then(|oid| Objects::collation(catalog, oid));
    if !is_text || !collation.is_some_and(|it| it.deterministic) {
        return None;
    }
    let mut found: Option<Allowed<'a>> = None;
    for constraint in catalog.constraints.iter() {
        let ConstraintKind::Check {
            condition: Some(condition),
            ..
        } = &constraint.kind
        else {
            continue;
        };
        // One that is not valid says nothing of the rows that are there, one that is not inherited nothing of the heirs'.
        let holds = constraint.validated && constraint.enforced && !constraint.no_inherit;
        if constraint.on != ConstraintOn::Table(relation.oid) || !holds {
            continue;
        }
        for list in conjuncts(condition).filter_map(|it| list(catalog, it, column.number)) {
            match &mut found {
                Some(found) => found.texts.retain(|text| list.contains(text)),
                None => {
                    found = Some(Allowed {
                        texts: list,
                        constraint,
                    });
                }
            }
        }
    }
    let mut found = found?;
    let mut seen = std::collections::BTreeSet::new();
    found.texts.retain(|text| seen.insert(text.clone()));
    (!found.texts.is_empty()).then_some(found)
}

/// The conditions that all have to hold.
fn conjuncts(condition: &Expr) -> impl Iterator<Item = &Expr> {
    match condition {
        Expr::Boolean(BooleanOperator::And, operands) => operands.iter(),
        other => std::slice::from_ref(other).iter(),
    }
}

/// The strings that a condition allows a column, besides NULL.
fn list(catalog: &Catalog, condition: &Expr, column: i16) -> Option<Vec<String>> {
    match condition {
        Expr::ArrayComparison(comparison) if comparison.any => {
            let Expr::Array(array) = plain(&comparison.array) else {
                return None;
            };
            let is_it =
                is_equality(catalog, comparison.operator) && is_column(&comparison.value, column);
            // With NULL in the list every value passes.
            is_it.then(|| array.elements.iter().map(text).collect())?
        }
        Expr::Operator(call) if is_equality(catalog, call.operator) => {
            match call.arguments.as_slice() {
                [left, right] if is_column(left, column) => Some(vec![text(right)?]),
                [left, right] if is_column(right, column) => Some(vec![text(left)?]),
                _ => None,
            }
        }
        Expr::Boolean(BooleanOperator::Or, operands) => {
            let lists = operands.iter().map(|it| list(catalog, it, column));
            Some(lists.collect::<Option<Vec<_>>>()?.concat())
        }
        _ => None,
    }
}

fn is_equality(catalog: &Catalog, operator: Oid) -> bool {
    let found = Objects::operator(catalog, operator);
    operator.is_builtin() && found.is_some_and(|it| &*it.name == "=")
}

/// An expression without the conversions that leave its text as it is.
fn plain(expression: &Expr) -> &Expr {
    match expression {
        Expr::Relabel(it) => plain(&it.operand),
        Expr::ArrayCoercion(it) => plain(&it.operand),
        other => other,
    }
}

fn is_column(expression: &Expr, number: i16) -> bool {
    matches!(plain(expression), Expr::Column(column) if column.number == number)
}

fn text(expression: &Expr) -> Option<String> {
    match plain(expression) {
        Expr::Constant(Constant {
            typed,
            value: Some(Value::Text(text)),
        }) if matches!(typed.oid, well_known::TEXT | well_known::VARCHAR) => Some(text.to_string()),
        _ => None,
    }
}

/// The sequence of a default that is its next value.
pub(super) fn sequence_of(catalog: &Catalog, default: &Expr) -> Option<Oid> {
    let Expr::Function(call) = plain(default) else {
        return match default {
            // Of `smallserial`.
            Expr::Io(it) | Expr::ToDomain(it) => sequence_of(catalog, &it.operand),
            _ => None,
        };
    };
    let name = Objects::function(catalog, call.function).map(|it| &*it.name)?;
    match (name, call.arguments.as_slice()) {
        (
            "nextval",
            [
                Expr::Constant(Constant {
                    value: Some(Value::Object(oid)),
                    ..
                }),
            ],
        ) => Some(*oid),
        // A conversion to a smaller integer.
        ("int4" | "int2", [argument]) => sequence_of(catalog, argument),
        _ => None,
    }
}
