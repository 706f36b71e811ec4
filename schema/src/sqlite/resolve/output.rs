//! The columns of a query: their names and what they hold.

use super::affinity::{self, ValueAffinity};
use super::source::{InnerName, SourceColumn};
use super::value::{BINARY, DataTypes, Value};
use crate::sqlite::ast::CompoundOperator;
use crate::sqlite::catalog::{Content, Nullability, ViewColumn};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A column of SELECT.
#[derive(Debug, Clone)]
pub(super) struct Output {
    /// Its alias, or the name of the column that `*` made it from.
    pub(super) name: Option<Arc<str>>,
    /// The name that the expression consists of, as it is written.
    pub(super) written: Option<Arc<str>>,
    /// The source text of the expression; VALUES keeps none.
    pub(super) text: Option<Arc<str>>,
    /// Its value.
    pub(super) value: Value,
    /// The cursors of the columns that it reads.
    pub(super) cursors: Vec<u32>,
    /// Whether it has an aggregate function of its query in it.
    pub(super) aggregate: bool,
    /// Whether it has a window function in it.
    pub(super) window: bool,
    /// The names within a group that it can be found under.
    pub(super) inner: Option<InnerName>,
    /// Whether `*` without a table leaves it out, because USING shows it already.
    pub(super) merged: bool,
}

/// The columns of an arm of a query.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// In order.
    pub(super) outputs: Vec<Output>,
    /// False after a mistake that leaves their number unknown.
    pub(super) complete: bool,
}

/// What resolving a query gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// The first arm's columns, from which the query's take their names.
    pub(super) columns: Columns,
    /// What the other arms have in the places of these columns.
    pub(super) others: Vec<Vec<OtherValue>>,
    /// Whether it has exactly one row: an aggregate query without GROUP BY, or VALUES with one row.
    pub(super) one_row: bool,
}

/// What a later arm of a compound query has in the place of a column.
#[derive(Debug, Clone)]
pub(super) struct OtherValue {
    declared_type: Option<Arc<str>>,
    affinity: Option<ValueAffinity>,
    data: DataTypes,
    content: Content,
    nullable: bool,
    operator: CompoundOperator,
}

impl OtherValue {
    /// What one arm has.
    pub(super) fn new(operator: CompoundOperator, value: &Value) -> OtherValue {
        OtherValue {
            declared_type: value.declared_type.clone(),
            affinity: value.affinity,
            data: value.data,
            content: value.content.clone(),
            nullable: value.nullable,
            operator,
        }
    }
}

/// When names are taken: the engine names the columns of a subquery in FROM before its names are resolved, those of a
/// view afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// As written.
    Written,
    /// As the column is declared.
    Declared,
}

impl Rows {
    /// The affinity and the declared type of the first column where the query stands for a value: those of the last arm.
    pub(super) fn value_type(&self) -> (Option<ValueAffinity>, Option<Arc<str>>) {
        let others = self.others.first().and_then(|others| others.last());
        let first = self.columns.outputs.first().map(|output| &output.value);
        match (others, first) {
            (Some(last), _) => (last.affinity, last.declared_type.clone()),
            (None, Some(value)) => (value.affinity, value.declared_type.clone()),
            (None, None) => (None, None),
        }
    }

    /// What the first column holds.
    pub(super) fn value_content(&self) -> Content {
        let others = self.others.first().map_or(&[][..], Vec::as_slice);
        let first = self.columns.outputs.first();
        first.map_or(Content::ANY, |output| {
            compound_content(&output.value, others)
        })
    }

    /// The number of columns, if it is known.
    pub(super) fn width(&self) -> Option<usize> {
        self.columns.complete.then_some(self.columns.outputs.len())
    }

    /// The columns of the table that the query makes (`sqlite3ColumnsFromExprList`, `sqlite3SubqueryColumnTypes`).
    pub(super) fn source_columns(&self, naming: Naming) -> Vec<SourceColumn> {
        let names = self
            .columns
            .outputs
            .iter()
            .map(|output| output.table_name(naming));
        let names = unique_names(names);
        let outputs = self.columns.outputs.iter().enumerate();
        outputs
            .zip(names)
            .map(|((position, output), name)| self.source_column(position, output, name))
            .collect()
    }

    /// The columns of the table that the query makes, under names that are listed; none if there are more or fewer.
    pub(super) fn renamed_columns(&self, names: &[Arc<str>]) -> Option<Vec<SourceColumn>> {
        if self.width() != Some(names.len()) {
            return None;
        }
        let listed = unique_names(names.iter().map(|name| Some(name.clone())));
        let outputs = self.columns.outputs.iter().enumerate();
        Some(
            outputs
                .zip(listed)
                .map(|((position, output), name)| self.source_column(position, output, name))
                .collect(),
        )
    }

    fn source_column(&self, position: usize, output: &Output, name: Name) -> SourceColumn {
        let value = &output.value;
        let others = self.others.get(position).map_or(&[][..], Vec::as_slice);
        let affinity = compound_affinity(value, others);
        SourceColumn {
            merged: output.merged || name.collides_with_using(&self.columns.outputs),
            name: name.name,
            declared_type: declared_type(value, affinity),
            // A query of a compound query looks at its last arm.
            passed_type: match others.last() {
                Some(last) => last.declared_type.clone(),
                None => value.declared_type.clone(),
            },
            affinity,
            collation: value
                .collation
                .as_ref()
                .map(|collation| collation.name.clone())
                .filter(|name| !name.eq_ignore_ascii_case(BINARY)),
            content: compound_content(value, others),
            nullable: compound_nullable(value, others),
            finite: value.finite && others.is_empty(),
            hidden: false,
            generated: false,
            named: None,
            origin: if others.is_empty() {
                value.origin.clone()
            } else {
                None
            },
            span: None,
            inner: output.inner.clone(),
        }
    }

    /// The columns as a prepared statement names them (`sqlite3GenerateColumnNames`).
    pub(super) fn statement_columns(&self) -> Option<Vec<ViewColumn>> {
        self.columns.complete.then(|| {
            let columns = self.source_columns(Naming::Declared);
            let outputs = self.columns.outputs.iter().enumerate();
            outputs
                .zip(columns)
                .map(|((position, output), column)| ViewColumn {
                    name: output.statement_name(position),
                    ..view_column(column)
                })
                .collect()
        })
    }
}

/// A column of a source as a view has it.
pub(super) fn view_column(column: SourceColumn) -> ViewColumn {
    ViewColumn {
        name: column.name,
        declared_type: column.declared_type.as_deref().unwrap_or("").to_owned(),
        passed_type: column.passed_type,
        affinity: column.affinity.map(ValueAffinity::to_column),
        content: column.content,
        nullability: if column.nullable {
            Nullability::Nullable
        } else {
            Nullability::NotNull
        },
        origin: column.origin,
        collation: column.collation,
    }
}

impl Output {
    fn table_name(&self, naming: Naming) -> Option<Arc<str>> {
        let name = match (&self.name, naming) {
            (Some(name), Naming::Written | Naming::Declared) => Some(name),
            (None, Naming::Written) => self.written.as_ref().or(self.text.as_ref()),
            (None, Naming::Declared) => self.value.shown.as_ref().or(self.text.as_ref()),
        };
        name.filter(|name| !is_truth_name(name)).cloned()
    }

    fn statement_name(&self, position: usize) -> Arc<str> {
        let name = self
            .name
            .as_ref()
            .or(self.value.column.as_ref())
            .or(self.text.as_ref());
        name.cloned()
            .unwrap_or_else(|| format!("column{}", position + 1).into())
    }
}

fn is_truth_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("true") || name.eq_ignore_ascii_case("false")
}

struct Name {
    name: Arc<str>,
    /// The position of the first column that had the name already.
    collided: Option<usize>,
}

impl Name {
    fn collides_with_using(&self, outputs: &[Output]) -> bool {
        let other = self.collided.and_then(|position| outputs.get(position));
        other.is_some_and(|output| output.inner.as_ref().is_some_and(|inner| inner.using))
    }
}

/// Gives a number to each name that is there already; a column without a name is called by its position.
fn unique_names(names: impl Iterator<Item = Option<Arc<str>>>) -> Vec<Name> {
    /// From here on the engine takes random numbers; any free one is as good.
    const RANDOM: usize = 4;
    // The folded names with their positions, and for each name that was numbered the last number.
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbered: BTreeMap<String, usize> = BTreeMap::new();
    let mut unique = Vec::new();
    for (position, name) in names.enumerate() {
        let mut name = name.unwrap_or_else(|| format!("column{}", position + 1).into());
        let mut collided = None;
        let mut count = 0;
        while let Some(first) = taken.get(&name.to_ascii_lowercase()) {
            collided = collided.or(Some(*first));
            count += 1;
            let base = without_number(&name);
            if count > RANDOM {
                let last = numbered.entry(base.to_ascii_lowercase()).or_default();
                count = count.max(*last + 1);
                *last = count;
            }
            name = format!("{base}:{count}").into();
        }
        taken.insert(name.to_ascii_lowercase(), position);
        unique.push(Name { name, collided });
    }
    unique
}

/// The name without the `:1` that made it unique before.
fn without_number(name: &str) -> &str {
    match name.rsplit_once(':') {
        Some((base, number))
            if !base.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            base
        }
        Some(_) | None => name,
    }
}

fn compound_affinity(value: &Value, others: &[OtherValue]) -> Option<ValueAffinity> {
    let mut data = DataTypes::NONE;
    let mut affinity = value.affinity;
    let mut rest = others;
    let mut last = value.data;
    while let (None, Some((next, after))) = (affinity, rest.split_first()) {
        data = data.or(last);
        last = next.data;
        affinity = next.affinity;
        rest = after;
    }
    let found = affinity?;
    if found == ValueAffinity::Column(crate::sqlite::catalog::Affinity::Blob) || others.is_empty() {
        return affinity;
    }
    for other in rest {
        data = data.or(other.data);
    }
    let blob = ValueAffinity::Column(crate::sqlite::catalog::Affinity::Blob);
    Some(match (found.is_numeric(), value.cast) {
        (false, _) if data.overlaps(DataTypes::NUMERIC) => blob,
        (true, _) if data.overlaps(DataTypes::TEXT) => blob,
        (true, true) => ValueAffinity::Flexible,
        (true, false) | (false, _) => found,
    })
}

fn declared_type(value: &Value, affinity: Option<ValueAffinity>) -> Option<Arc<str>> {
    let declared = value
        .declared_type
        .as_ref()
        .filter(|declared| affinity == Some(ValueAffinity::Column(affinity::of_type(declared))));
    match declared {
        Some(declared) => Some(declared.clone()),
        None => affinity.map(|affinity| affinity.type_name().into()),
    }
}

fn compound_content(value: &Value, others: &[OtherValue]) -> Content {
    let added = others.iter().filter(|other| match other.operator {
        // Of INTERSECT either row may be shown where they are equal: 1 is 1.0 to the engine.
        CompoundOperator::Union | CompoundOperator::UnionAll | CompoundOperator::Intersect => true,
        CompoundOperator::Except => false,
    });
    let added = added.map(|other| &other.content);
    Content::any_of([&value.content].into_iter().chain(added))
}

fn compound_nullable(value: &Value, others: &[OtherValue]) -> bool {
    others
        .iter()
        .fold(value.nullable, |nullable, other| match other.operator {
            CompoundOperator::Union | CompoundOperator::UnionAll => nullable || other.nullable,
            CompoundOperator::Except => nullable,
            CompoundOperator::Intersect => nullable && other.nullable,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let names = ["a", "A", "a:1", "b:x", "b:x"].map(|name| Some(Arc::from(name)));
        let unique: Vec<String> = unique_names(names.into_iter())
            .iter()
            .map(|name| name.name.to_string())
            .collect();
        assert_eq!(unique, ["a", "A:1", "a:2", "b:x", "b:x:1"]);
    }
}
