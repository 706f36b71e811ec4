//! Which columns can be NULL: those of tables, and those that a query returns.
//!
//! What is not known to be never NULL can be. A function or an operator counts if it is the engine's own and gives NULL for
//! NULL only; its exceptions are named here.

use crate::postgres::catalog::{
    Catalog, ConstraintKind, ConstraintOn, Relation, RelationKind, View,
};
use crate::postgres::tree::{
    Column, Command, Expr, FromItem, FunctionCall, JoinKind, OperatorCall, Origin, Query,
    RangeKind, SetOperand, SetOperation, SqlValueKind, SubLinkKind, Target,
};
use crate::postgres::types::{Objects as _, Oid, TypeKind, ValueType, well_known};
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A column that a query returns.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputColumn {
    /// Its name.
    pub name: Arc<str>,
    /// Its type; [`UNKNOWN`](crate::postgres::tree::UNKNOWN) where a mistake keeps from knowing it.
    pub typed: ValueType,
    /// Whether it can be NULL, as far as that is known.
    pub nullable: bool,
    /// The column of a table that it is.
    pub origin: Option<Origin>,
}

/// Queries in queries, as deep as they are looked into.
const DEEPEST: usize = 32;

/// How many expressions are looked at for one column: views can use each other more often than anybody could count.
const MOST: u32 = 10_000;

/// The columns that a query returns.
pub(super) fn output_columns(catalog: &Catalog, query: &Query) -> Vec<OutputColumn> {
    let nullability = Nullability::new(catalog);
    returned(query)
        .map(|target| {
            nullability.left.set(MOST);
            OutputColumn {
                name: target.name.clone().unwrap_or_default(),
                typed: target.expression.value_type(),
                nullable: nullability.target(query, target, 0),
                origin: target.origin,
            }
        })
        .collect()
}

/// The column of a table that a view's column shows unchanged.
#[must_use]
pub fn shown_column(relation: &Relation, number: i16) -> Option<Origin> {
    let query = match &relation.kind {
        RelationKind::View(view) | RelationKind::MaterializedView(view) => view.query.as_deref()?,
        RelationKind::Table
        | RelationKind::Partitioned(_)
        | RelationKind::Foreign(_)
        | RelationKind::Sequence(_)
        | RelationKind::Index(_)
        | RelationKind::PartitionedIndex(_)
        | RelationKind::Composite => return None,
    };
    let position = usize::try_from(number).ok()?.checked_sub(1)?;
    returned(query).nth(position)?.origin
}

fn returned(query: &Query) -> impl Iterator<Item = &Target> {
    let targets = match query.command {
        Command::Select => &query.targets,
        Command::Insert | Command::Update | Command::Delete | Command::Merge => &query.returning,
    };
    targets.iter().filter(|target| !target.junk)
}

/// What can be NULL.
#[derive(Debug)]
pub struct Nullability<'a> {
    catalog: &'a Catalog,
    /// Whether what tables refuse now says nothing, as the rows are from before.
    is_past: bool,
    /// How many expressions may still be looked at.
    left: Cell<u32>,
    /// The tables that inherit from a table.
    heirs: OnceCell<BTreeMap<Oid, Vec<Oid>>>,
}

impl<'a> Nullability<'a> {
    /// That of a catalog.
    #[must_use]
    pub fn new(catalog: &'a Catalog) -> Self {
        Nullability {
            catalog,
            is_past: false,
            left: Cell::new(MOST),
            heirs: OnceCell::new(),
        }
    }

    /// Whether a column of a table or view is never NULL in a row that is read from it.
    ///
    /// A materialized view holds what was true when it was filled, so that only what its query computes counts there.
    #[must_use]
    pub fn is_never_null(&self, relation: &Relation, number: i16) -> bool {
        self.left.set(MOST);
        !self.relation(relation, number, 0)
    }

    /// Whether a column can be NULL in its table or in those that inherit it: their rows are read with the table's.
    fn with_heirs(&self, relation: &Relation, number: i16, depth: usize) -> bool {
        let Some(column) = relation.column_at(number) else {
            return true;
        };
        if !self.may_go_on()
            || depth > DEEPEST
            || !column.not_null
            || self.is_unchecked(relation, number)
        {
            return true;
        }
        let heirs = self.heirs.get_or_init(|| {
            let mut heirs: BTreeMap<Oid, Vec<Oid>> = BTreeMap::new();
            for relation in self.catalog.relations.iter() {
                for parent in &relation.parents {
                    heirs.entry(*parent).or_default().push(relation.oid);
                }
            }
            heirs
        });
        let heirs = heirs
            .get(&relation.oid)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut heirs = heirs.iter().filter_map(|oid| self.catalog.relation(*oid));
        heirs.any(|heir| {
            let own = heir.column(&column.name);
            own.is_none_or(|own| self.with_heirs(heir, own.number, depth + 1))
        })
    }

    /// Counts what is looked at; false where that was enough.
    fn may_go_on(&self) -> bool {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Whether rows of before may hold NULL, as NOT NULL was added NOT VALID.
    fn is_unchecked(&self, relation: &Relation, number: i16) -> bool {
        const FIRST_WITH_CONSTRAINTS: u16 = 18;
        let mut constraints = self.catalog.constraints.iter();
        self.catalog.version >= FIRST_WITH_CONSTRAINTS && constraints.any(|constraint| {
            let is_it =
                matches!(constraint.kind, ConstraintKind::NotNull { column } if column == number);
            is_it && constraint.on == ConstraintOn::Table(relation.oid) && !constraint.validated
        })
    }

    fn target(&self, query: &Query, target: &Target, depth: usize) -> bool {
        if depth > DEEPEST {
            return true;
        }
        // A grouping set without what the column is made of has NULL there.
        if !query.grouping_sets.is_empty() && !matches!(target.expression, Expr::Aggregate(_)) {
            return true;
        }
        match &query.set_operation {
            Some(operation) => {
                let position = usize::try_from(target.number)
                    .unwrap_or(0)
                    .saturating_sub(1);
                self.operation(query, operation, position, depth)
            }
            None => self.nullable(query, &target.expression, depth),
        }
    }

    fn operation(
        &self,
        query: &Query,
        operation: &SetOperation,
        position: usize,
        depth: usize,
    ) -> bool {
        let side = |operand: &SetOperand| match operand {
            SetOperand::Entry(entry) => self.column_of_entry(query, *entry, position, depth),
            SetOperand::Operation(operation) => self.operation(query, operation, position, depth),
        };
        side(&operation.left) || side(&operation.right)
    }

    fn column_of_entry(&self, query: &Query, entry: usize, position: usize, depth: usize) -> bool {
        match query.range_table.get(entry).map(|it| &it.kind) {
            Some(RangeKind::Subquery { query, .. }) => match returned(query).nth(position) {
                Some(target) => self.target(query, target, depth + 1),
                None => true,
            },
            _ => true,
        }
    }

    fn nullable(&self, query: &Query, expression: &Expr, depth: usize) -> bool {
        if !self.may_go_on() {
            return true;
        }
        let any = |list: &[Expr]| list.iter().any(|it| self.nullable(query, it, depth));
        match expression {
            Expr::Column(column) => self.column(query, *column, depth),
            Expr::Constant(constant) => constant.value.is_none(),
            Expr::Boolean(_, operands) => any(operands),
            Expr::Relabel(it) | Expr::Io(it) | Expr::ToDomain(it) | Expr::ConvertRow(it) => {
                self.nullable(query, &it.operand, depth)
            }
            Expr::ArrayCoercion(it) => self.nullable(query, &it.operand, depth),
            Expr::Collate(it) => self.nullable(query, &it.operand, depth),
            Expr::Coalesce(it) => it
                .arguments
                .iter()
                .all(|it| self.nullable(query, it, depth)),
            Expr::MinMax(it) => it
                .arguments
                .iter()
                .all(|it| self.nullable(query, it, depth)),
            Expr::Case(it) => {
                let mut results = it.branches.iter().map(|branch| &branch.result);
                results.any(|it| self.nullable(query, it, depth))
                    || self.nullable(query, &it.otherwise, depth)
            }
            Expr::Operator(call) => !self.is_total_operator(call) || any(&call.arguments),
            Expr::Aggregate(call) => self.builtin(call.function) != Some("count"),
            Expr::Window(call) => !matches!(
                self.builtin(call.function),
                Some("count" | "row_number" | "rank" | "dense_rank" | "percent_rank" | "cume_dist")
            ),
            Expr::Function(call) => !self.is_total_function(call) || any(&call.arguments),
            // There may be no schema that is the current one.
            Expr::SqlValue(value) => value.kind == SqlValueKind::CurrentSchema,
            Expr::Distinct(_)
            | Expr::NullTest(_)
            | Expr::BooleanTest(_)
            | Expr::Grouping(_)
            | Expr::Array(_)
            | Expr::Row(_)
            | Expr::CurrentOf(_) => false,
            Expr::SubLink(link) => match link.kind {
                SubLinkKind::Exists | SubLinkKind::Array => false,
                SubLinkKind::All
                | SubLinkKind::Any
                | SubLinkKind::Scalar
                | SubLinkKind::MultipleAssignment => true,
            },
            // With NULL among the elements it is NULL where none of the others decides.
            Expr::ArrayComparison(it) => {
                let elements = match &it.array {
                    Expr::Array(array) if !array.nested => array.elements.as_slice(),
                    _ => return true,
                };
                self.nullable(query, &it.value, depth) || any(elements)
            }
            Expr::RowComparison(it) => any(&it.left) || any(&it.right),
            Expr::Named(it) => self.nullable(query, &it.argument, depth),
            Expr::Parameter(_)
            | Expr::NullIf(_)
            | Expr::Subscripts(_)
            | Expr::FieldSelect(_)
            | Expr::FieldStore(_)
            | Expr::CaseTest(_)
            | Expr::Xml(_)
            | Expr::DomainValue(_)
            | Expr::Default(_)
            | Expr::Unknown => true,
        }
    }

    fn column(&self, query: &Query, column: Column, depth: usize) -> bool {
        if column.levels_up > 0 || depth > DEEPEST || !query.grouping_sets.is_empty() {
            return true;
        }
        if query
            .from
            .iter()
            .any(|item| is_optional(item, column.entry, false))
        {
            return true;
        }
        let position = usize::try_from(column.number)
            .ok()
            .and_then(|it| it.checked_sub(1));
        match query.range_table.get(column.entry).map(|it| &it.kind) {
            Some(RangeKind::Relation { relation, .. }) => match self.catalog.relation(*relation) {
                Some(_) if column.number <= 0 => false,
                Some(relation) => self.relation(relation, column.number, depth),
                None => true,
            },
            Some(RangeKind::Subquery { .. }) => match position {
                Some(position) => self.column_of_entry(query, column.entry, position, depth),
                None => false,
            },
            Some(RangeKind::Join(join)) => match position.and_then(|at| join.columns.get(at)) {
                Some(value) => self.nullable(query, value, depth + 1),
                None => true,
            },
            Some(RangeKind::Values { rows, .. }) => rows.iter().any(|row| {
                position
                    .and_then(|at| row.get(at))
                    .is_none_or(|it| self.nullable(query, it, depth + 1))
            }),
            Some(RangeKind::CommonTable {
                name, levels_up: 0, ..
            }) => {
                let mut tables = query.common_tables.iter();
                let table = tables.find(|it| it.name == *name && !it.recursive);
                let target =
                    table.and_then(|table| Some((table, returned(&table.query).nth(position?)?)));
                match target {
                    Some((table, target)) => self.target(&table.query, target, depth + 1),
                    None => true,
                }
            }
            Some(
                RangeKind::Function { .. }
                | RangeKind::TableFunction(_)
                | RangeKind::CommonTable { .. }
                | RangeKind::TransitionTable { .. }
                | RangeKind::Unknown,
            )
            | None => true,
        }
    }

    /// Whether a column of a relation can be NULL.
    fn relation(&self, relation: &Relation, number: i16, depth: usize) -> bool {
        match &relation.kind {
            RelationKind::View(view) => self.of_view(view, number, depth),
            RelationKind::MaterializedView(view) => {
                let past = Nullability {
                    is_past: true,
                    left: Cell::new(self.left.get()),
                    heirs: OnceCell::new(),
                    catalog: self.catalog,
                };
                let found = past.of_view(view, number, depth);
                self.left.set(past.left.get());
                found
            }
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => self.is_past || self.with_heirs(relation, number, 0),
        }
    }

    fn of_view(&self, view: &View, number: i16, depth: usize) -> bool {
        let position = usize::try_from(number)
            .ok()
            .and_then(|it| it.checked_sub(1));
        let query = view.query.as_deref();
        let target = query.and_then(|query| Some((query, returned(query).nth(position?)?)));
        target.is_none_or(|(query, target)| self.target(query, target, depth + 1))
    }

    /// The name of a function of the engine.
    fn builtin(&self, function: Oid) -> Option<&str> {
        let found = self.catalog.function(function)?;
        function.is_builtin().then_some(&*found.name)
    }

    /// Whether an operator gives NULL for NULL only.
    fn is_total_operator(&self, call: &OperatorCall) -> bool {
        let found = self.catalog.operator(call.operator);
        let name = found.filter(|_| call.operator.is_builtin());
        let is_total = name.is_some_and(|found| {
            matches!(
                &*found.name,
                "=" | "<>"
                    | "<"
                    | "<="
                    | ">"
                    | ">="
                    | "+"
                    | "-"
                    | "*"
                    | "/"
                    | "%"
                    | "||"
                    | "~~"
                    | "!~~"
                    | "~~*"
                    | "!~~*"
                    | "~"
                    | "~*"
                    | "!~"
                    | "!~*"
                    | "@>"
                    | "<@"
                    | "&&"
            )
        });
        // The sum of two paths of which one is closed is NULL.
        is_total
            && !call
                .arguments
                .iter()
                .any(|it| it.value_type().oid == well_known::PATH)
    }

    /// Whether a function gives NULL for NULL only.
    fn is_total_function(&self, call: &FunctionCall) -> bool {
        // A range may have no bound, and JSON's null becomes NULL from version 18 on.
        let is_partial = call.arguments.iter().any(|it| {
            let oid = it.value_type().oid;
            let kind = self.catalog.type_of(oid).map(|it| it.kind);
            oid == well_known::JSONB
                || matches!(
                    kind,
                    Some(TypeKind::Range { .. } | TypeKind::Multirange { .. })
                )
        });
        let makes_json = matches!(
            self.builtin(call.function),
            Some(
                "jsonb_build_object"
                    | "json_build_object"
                    | "jsonb_build_array"
                    | "json_build_array"
            )
        );
        let is_total = matches!(
            self.builtin(call.function),
            Some(
                "now"
                    | "gen_random_uuid"
                    | "nextval"
                    | "random"
                    | "clock_timestamp"
                    | "statement_timestamp"
                    | "transaction_timestamp"
                    | "lower"
                    | "upper"
                    | "length"
                    | "concat"
                    | "varchar"
                    | "bpchar"
                    | "numeric"
                    | "int4"
                    | "int8"
                    | "int2"
                    | "float8"
                    | "float4"
                    | "timestamptz"
                    | "timestamp"
                    | "date"
                    | "md5"
                    | "trunc"
                    | "round"
                    | "abs"
                    | "floor"
                    | "ceil"
            )
        );
        makes_json || is_total && !is_partial
    }
}

/// Whether an entry stands on a side of an outer join that can be missing.
fn is_optional(item: &FromItem, entry: usize, optional: bool) -> bool {
    match item {
        FromItem::Entry(other) => *other == entry && optional,
        FromItem::Join(join) => {
            let (left, right) = match join.kind {
                JoinKind::Inner => (false, false),
                JoinKind::Left => (false, true),
                JoinKind::Right => (true, false),
                JoinKind::Full => (true, true),
            };
            is_optional(&join.left, entry, optional || left)
                || is_optional(&join.right, entry, optional || right)
        }
    }
}
