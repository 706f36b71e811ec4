//! Calls: functions, operators, aggregates, window functions.

use super::expr::{CoercionForm, Expr};
use super::query::SortTerm;
use super::query::Target;
use crate::postgres::types::{Oid, ValueType};

/// A call of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionCall {
    /// The function.
    pub function: Oid,
    /// Its arguments, without those that have their defaults.
    pub arguments: Vec<Expr>,
    /// Whether the last argument was written with VARIADIC, or is an array that several arguments were gathered in.
    pub variadic: bool,
    /// Whether it returns a set.
    pub returns_set: bool,
    /// Whether it is a call, a cast, or nothing that was written.
    pub form: CoercionForm,
    /// The type of its result.
    pub typed: ValueType,
}

/// A use of an operator, with one argument or two.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorCall {
    /// The operator.
    pub operator: Oid,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Whether it returns a set.
    pub returns_set: bool,
    /// The type of its result.
    pub typed: ValueType,
}

/// `value = ANY (array)` or ALL.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrayComparison {
    /// The operator.
    pub operator: Oid,
    /// Whether it is ANY, rather than ALL.
    pub any: bool,
    /// The left side.
    pub value: Expr,
    /// The right side.
    pub array: Expr,
}

/// A call of an aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// The aggregate.
    pub function: Oid,
    /// Which kind it is.
    pub kind: AggregateKind,
    /// The direct arguments of an ordered-set aggregate.
    pub direct_arguments: Vec<Expr>,
    /// The arguments, and what the ORDER BY adds to them, as a target list.
    pub arguments: Vec<Target>,
    /// The types of the arguments after conversion.
    pub argument_types: Vec<Oid>,
    /// ORDER BY in the call.
    pub order_by: Vec<SortTerm>,
    /// DISTINCT in the call.
    pub distinct: Vec<SortTerm>,
    /// FILTER.
    pub filter: Option<Expr>,
    /// Whether it is written with `*`.
    pub star: bool,
    /// Whether the last argument is an array that stands for several.
    pub variadic: bool,
    /// How many queries further out it belongs.
    pub levels_up: usize,
    /// The type of its result.
    pub typed: ValueType,
}

/// The kinds of aggregates: `pg_aggregate.aggkind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateKind {
    /// An ordinary one.
    Normal,
    /// One with WITHIN GROUP.
    OrderedSet,
    /// One with WITHIN GROUP whose direct arguments are a hypothetical row.
    Hypothetical,
}

/// `GROUPING(…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// The arguments, each of which is grouped by.
    pub arguments: Vec<Expr>,
    /// Their positions among the query's sort and group terms ([`SortTerm::target`]).
    pub terms: Vec<usize>,
    /// How many queries further out it belongs.
    pub levels_up: usize,
}

/// A call with OVER.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowCall {
    /// The window function or aggregate.
    pub function: Oid,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// FILTER.
    pub filter: Option<Expr>,
    /// The position of its window in the query's [`windows`](super::Query::windows).
    pub window: usize,
    /// Whether it is written with `*`.
    pub star: bool,
    /// Whether it is an aggregate.
    pub aggregate: bool,
    /// The type of its result.
    pub typed: ValueType,
}
