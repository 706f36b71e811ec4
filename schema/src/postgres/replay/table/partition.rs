//! PARTITION BY, and the bounds of partitions (`ComputePartitionAttrs`, `transformPartitionBound`,
//! `check_new_partition_bound`).

use crate::diagnostic::Code;
use crate::errors::postgres::tables as errors;
use crate::postgres::ast::{self, PartitionBoundKind, PartitionBy, RangeBound};
use crate::postgres::catalog::{
    BoundDatum, IndexTerm, PartitionBound, PartitionKey, PartitionStrategy, PartitionTerm,
    Relation, RelationKind,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::index::BTREE;
use crate::postgres::replay::index::term_of;
use crate::postgres::replay::resolution::columns_of;
use crate::postgres::tree::{Constant, Expr, Value};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::cmp::Ordering;
use std::sync::Arc;

/// `hash`
const HASH: Oid = Oid(405);
/// As many columns as a partition key has (`PARTITION_MAX_KEYS`).
const MAX_KEYS: usize = 32;

impl Replay {
    /// PARTITION BY of a table that is there.
    pub(super) fn partition_by(&mut self, table: Oid, written: &PartitionBy) {
        let Some(relation) = self.relation_of(table) else {
            return;
        };
        let strategy = match written.strategy {
            ast::PartitionStrategy::List => PartitionStrategy::List,
            ast::PartitionStrategy::Range => PartitionStrategy::Range,
            ast::PartitionStrategy::Hash => PartitionStrategy::Hash,
        };
        if strategy == PartitionStrategy::List && written.keys.len() > 1 {
            let message = "a table cannot be partitioned by a list of more than one column";
            self.report(errors::partition(message, written.span));
        }
        if written.keys.len() > MAX_KEYS {
            let message = format!("a partition key has at most {MAX_KEYS} columns");
            let limit = errors::refused(Code::LimitExceeded, message, written.span);
            self.report(limit);
        }
        let method = match strategy {
            PartitionStrategy::Hash => HASH,
            PartitionStrategy::List | PartitionStrategy::Range => BTREE,
        };
        let mut terms = Vec::new();
        for key in &written.keys {
            if let Some(term) = self.partition_term(&relation, key, method) {
                terms.push(term);
            }
        }
        let is_whole = terms.len() == written.keys.len();
        self.catalog.relations.change(table, |it| {
            it.kind = RelationKind::Partitioned(Arc::new(PartitionKey {
                strategy,
                terms: terms.clone(),
                default_partition: None,
            }));
            it.incomplete |= !is_whole;
        });
        self.catalog.depend_on_partition_key(table, &terms);
    }

    fn partition_term(
        &mut self,
        relation: &Relation,
        key: &ast::PartitionKey,
        method: Oid,
    ) -> Option<PartitionTerm> {
        let (term, typed) = match &key.key {
            ast::IndexKey::Column(name) => {
                if crate::postgres::resolve::system_column(&name.name).is_some() {
                    let message = "a table cannot be partitioned by a column of the system";
                    self.report(errors::partition(message, name.span));
                    return None;
                }
                let number = self.column_named(relation, name)?;
                let column = relation.column_at(number)?;
                if column.generated.is_some() {
                    let message = "a table cannot be partitioned by a generated column";
                    self.report(errors::partition(message, name.span));
                    return None;
                }
                (IndexTerm::Column(number), column.typed)
            }
            ast::IndexKey::Expr(expression) => {
                let resolved = self.partition_expression(relation, expression)?;
                let typed = resolved.value_type();
                let columns = columns_of(&resolved);
                let message = if columns.is_empty() {
                    Some("a constant cannot be a partition key")
                } else if columns.iter().any(|number| *number < 0) {
                    Some("a table cannot be partitioned by a column of the system")
                } else if columns.iter().any(|number| {
                    let column = relation.column_at(*number);
                    column.is_some_and(|it| it.generated.is_some())
                }) {
                    Some("a table cannot be partitioned by a generated column")
                } else {
                    None
                };
                if let Some(message) = message {
                    self.report(errors::partition(message, key.span));
                    return None;
                }
                (term_of(&resolved), typed)
            }
        };
        let typed = match &key.collation {
            Some(collation) => self.with_collation(typed, collation),
            None => typed,
        };
        if typed.oid == crate::postgres::tree::UNKNOWN.oid {
            return None;
        }
        let class =
            self.operator_class(key.operator_class.as_ref(), typed.oid, method, key.span)?;
        Some(PartitionTerm { term, typed, class })
    }

    /// Makes a new table a partition.
    pub(super) fn attach_new_partition(
        &mut self,
        table: Oid,
        parent: &Relation,
        bound: &ast::PartitionBound,
    ) {
        let name = self.relation_of(table).map(|it| Arc::clone(&it.name));
        let name = name.unwrap_or_default();
        match self.partition_bound(parent, bound, &name) {
            Some(bound) => self
                .catalog
                .become_partition(table, parent.oid, Arc::new(bound)),
            None => {
                self.catalog.inherit(table, parent.oid);
                self.catalog
                    .relations
                    .change(table, |it| it.incomplete = true);
            }
        }
    }

    /// The bound of a partition, which takes no rows of another one; nothing if a mistake was reported.
    pub(crate) fn partition_bound(
        &mut self,
        parent: &Relation,
        written: &ast::PartitionBound,
        name: &str,
    ) -> Option<PartitionBound> {
        let key = Arc::clone(parent.partition_key()?);
        if key.terms.is_empty() {
            return None;
        }
        let bound = self.read_bound(parent, &key, written)?;
        self.check_bound(parent, &bound, name, written.span)
            .then_some(bound)
    }

    fn read_bound(
        &mut self,
        parent: &Relation,
        key: &PartitionKey,
        written: &ast::PartitionBound,
    ) -> Option<PartitionBound> {
        let span = written.span;
        match (&written.kind, key.strategy) {
            (PartitionBoundKind::Default, PartitionStrategy::Hash) => {
                let message = "a table that is partitioned by hash has no default partition";
                self.report(errors::partition(message, span));
                None
            }
            (PartitionBoundKind::Default, _) => Some(PartitionBound::Default),
            (PartitionBoundKind::Hash { modulus, remainder }, PartitionStrategy::Hash) => {
                let message = if *modulus <= 0 {
                    Some("MODULUS must be greater than zero")
                } else if *remainder < 0 {
                    Some("REMAINDER must not be negative")
                } else if remainder >= modulus {
                    Some("REMAINDER must be less than MODULUS")
                } else {
                    None
                };
                if let Some(message) = message {
                    self.report(errors::partition(message, span));
                    return None;
                }
                Some(PartitionBound::Hash {
                    modulus: *modulus,
                    remainder: *remainder,
                })
            }
            (PartitionBoundKind::List(values), PartitionStrategy::List) => {
                let term = key.terms.first()?;
                let name = term_name(parent, term);
                let mut read: Vec<Arc<Expr>> = Vec::new();
                for value in values {
                    let value = self.bound_expression(value, term.typed, &name)?;
                    // The same value twice counts once.
                    if !read.contains(&value) {
                        read.push(value);
                    }
                }
                Some(PartitionBound::List(read))
            }
            (PartitionBoundKind::Range { from, to }, PartitionStrategy::Range) => {
                for (side, what) in [(from, "FROM"), (to, "TO")] {
                    if side.len() != key.terms.len() {
                        let message = format!(
                            "{what} must have a value for each column of the partition key"
                        );
                        self.report(errors::partition(message, span));
                        return None;
                    }
                }
                Some(PartitionBound::Range {
                    from: self.range_side(parent, key, from)?,
                    to: self.range_side(parent, key, to)?,
                })
            }
            _ => {
                let how = match key.strategy {
                    PartitionStrategy::List => "a list: `FOR VALUES IN (…)`",
                    PartitionStrategy::Range => "ranges: `FOR VALUES FROM (…) TO (…)`",
                    PartitionStrategy::Hash => "hash: `FOR VALUES WITH (MODULUS …, REMAINDER …)`",
                };
                let message = format!("table `{}` is partitioned by {how}", parent.name);
                self.report(errors::partition(message, span));
                None
            }
        }
    }

    fn range_side(
        &mut self,
        parent: &Relation,
        key: &PartitionKey,
        written: &[RangeBound],
    ) -> Option<Vec<BoundDatum>> {
        let mut read = Vec::new();
        let mut infinite: Option<bool> = None;
        for (bound, term) in written.iter().zip(&key.terms) {
            let (datum, span) = match bound {
                RangeBound::MinValue(span) => (BoundDatum::Minimum, *span),
                RangeBound::MaxValue(span) => (BoundDatum::Maximum, *span),
                RangeBound::Value(value) => {
                    let name = term_name(parent, term);
                    let resolved = self.bound_expression(value, term.typed, &name)?;
                    if matches!(&*resolved, Expr::Constant(Constant { value: None, .. })) {
                        let message = "NULL cannot be the bound of a range";
                        self.report(errors::partition(message, value.span));
                        return None;
                    }
                    (BoundDatum::Value(resolved), value.span)
                }
            };
            let is_same = matches!(
                (&datum, infinite),
                (_, None) | (BoundDatum::Minimum, Some(false)) | (BoundDatum::Maximum, Some(true))
            );
            if !is_same {
                let what = if infinite == Some(true) {
                    "MAXVALUE"
                } else {
                    "MINVALUE"
                };
                let message = format!("every bound after {what} must be {what} too");
                self.report(errors::partition(message, span));
                return None;
            }
            match datum {
                BoundDatum::Minimum => infinite = Some(false),
                BoundDatum::Maximum => infinite = Some(true),
                BoundDatum::Value(_) => {}
            }
            read.push(datum);
        }
        Some(read)
    }

    /// Whether no other partition takes rows of a bound; reports if one does.
    fn check_bound(
        &mut self,
        parent: &Relation,
        bound: &PartitionBound,
        name: &str,
        span: Span,
    ) -> bool {
        if let PartitionBound::Range { from, to } = bound
            && !matches!(compare_bounds(from, to), Some(Ordering::Less) | None)
        {
            let message = format!("the range of partition `{name}` is empty");
            self.report(errors::partition(message, span));
            return false;
        }
        for child in &parent.children {
            let Some(other) = self.relation_of(*child) else {
                continue;
            };
            let Some(of_other) = &other.bound else {
                continue;
            };
            if let (
                PartitionBound::Hash { modulus, .. },
                PartitionBound::Hash { modulus: known, .. },
            ) = (bound, &**of_other)
                && modulus.max(known) % modulus.min(known) != 0
            {
                let message = format!(
                    "MODULUS {modulus} and the {known} of partition `{}` must be factors of each other",
                    other.name
                );
                self.report(errors::partition(message, span));
                return false;
            }
            if overlaps(bound, of_other) {
                let made = super::super::relations::declared(&other);
                self.report(errors::overlapping(name, &other.name, span, made));
                return false;
            }
        }
        true
    }
}

fn term_name(parent: &Relation, term: &PartitionTerm) -> Arc<str> {
    let column = term.term.column().and_then(|it| parent.column_at(it));
    column.map_or_else(|| "partition key".into(), |it| Arc::clone(&it.name))
}

/// Whether two partitions would take the same row.
fn overlaps(one: &PartitionBound, other: &PartitionBound) -> bool {
    match (one, other) {
        (PartitionBound::Default, PartitionBound::Default) => true,
        (PartitionBound::Default, _) | (_, PartitionBound::Default) => false,
        (PartitionBound::List(one), PartitionBound::List(other)) => {
            one.iter().any(|value| other.contains(value))
        }
        (
            PartitionBound::Hash { modulus, remainder },
            PartitionBound::Hash {
                modulus: of_other,
                remainder: other,
            },
        ) => {
            let least = (*modulus).min(*of_other).max(1);
            remainder % least == other % least
        }
        (
            PartitionBound::Range { from, to },
            PartitionBound::Range {
                from: from_other,
                to: to_other,
            },
        ) => {
            let is_before = |one: &[BoundDatum], other: &[BoundDatum]| {
                compare_bounds(one, other) == Some(Ordering::Less)
            };
            is_before(from, to_other) && is_before(from_other, to)
        }
        _ => false,
    }
}

/// The order of two bounds of ranges; nothing where it is not known.
fn compare_bounds(one: &[BoundDatum], other: &[BoundDatum]) -> Option<Ordering> {
    for (one, other) in one.iter().zip(other) {
        let order = match (one, other) {
            (BoundDatum::Minimum, BoundDatum::Minimum)
            | (BoundDatum::Maximum, BoundDatum::Maximum) => return Some(Ordering::Equal),
            (BoundDatum::Minimum, _) | (_, BoundDatum::Maximum) => return Some(Ordering::Less),
            (BoundDatum::Maximum, _) | (_, BoundDatum::Minimum) => return Some(Ordering::Greater),
            (BoundDatum::Value(one), BoundDatum::Value(other)) => compare_values(one, other)?,
        };
        if order != Ordering::Equal {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

/// The order of two constants of one type: numbers as numbers, dates and times and texts as they are printed.
fn compare_values(one: &Expr, other: &Expr) -> Option<Ordering> {
    let text = |value: &Expr| match value {
        Expr::Constant(Constant {
            value: Some(Value::Text(text)),
            ..
        }) => Some(Arc::clone(text)),
        _ => None,
    };
    let (one, other) = (text(one)?, text(other)?);
    if let (Ok(one), Ok(other)) = (one.parse::<i128>(), other.parse::<i128>()) {
        return Some(one.cmp(&other));
    }
    if let (Ok(one), Ok(other)) = (one.parse::<f64>(), other.parse::<f64>()) {
        return one.partial_cmp(&other);
    }
    // Years before Christ and beyond four digits are not in the order of their texts.
    let is_plain = |text: &str| !text.ends_with("BC") && !text.contains("infinity");
    (is_plain(&one) && is_plain(&other)).then(|| one.cmp(&other))
}
