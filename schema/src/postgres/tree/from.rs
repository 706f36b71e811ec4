//! What a query reads from: the range table and the tree of joins.

use super::expr::Expr;
use super::query::Query;
use crate::postgres::types::{Oid, ValueType};
use std::sync::Arc;

/// An entry of a range table (`RangeTblEntry`).
#[derive(Debug, Clone, PartialEq)]
pub struct RangeEntry {
    /// What it is.
    pub kind: RangeKind,
    /// The alias that was written.
    pub alias: Option<Alias>,
    /// The name by which columns are qualified with it, and the names of its columns when it was made (`eref`).
    pub reference: Alias,
    /// Whether LATERAL was written, or is implied by a function.
    pub lateral: bool,
    /// Whether it stands in FROM (`inFromCl`).
    pub in_from: bool,
}

/// A name for an entry and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alias {
    /// The name.
    pub name: Arc<str>,
    /// Names of the columns; a dropped column's is empty.
    pub columns: Vec<Arc<str>>,
}

/// What an entry of a range table is.
#[derive(Debug, Clone, PartialEq)]
pub enum RangeKind {
    /// A table, view or other relation.
    Relation {
        /// The relation.
        relation: Oid,
        /// Whether tables that inherit from it are read too: not with ONLY.
        inherited: bool,
        /// TABLESAMPLE.
        sample: Option<Box<Sample>>,
    },
    /// A subquery in FROM.
    Subquery {
        /// The query.
        query: Box<Query>,
        /// Whether it is the query of a view, of a rule's expansion.
        security_barrier: bool,
    },
    /// A join.
    Join(JoinRange),
    /// A function call, or ROWS FROM.
    Function {
        /// The functions.
        functions: Vec<FunctionRange>,
        /// WITH ORDINALITY.
        ordinality: bool,
    },
    /// XMLTABLE.
    TableFunction(Box<TableFunction>),
    /// A VALUES list.
    Values {
        /// The rows.
        rows: Vec<Vec<Expr>>,
        /// The types of the columns.
        columns: Vec<ValueType>,
    },
    /// A reference to a common table expression.
    CommonTable {
        /// Its name.
        name: Arc<str>,
        /// How many queries further out its WITH stands.
        levels_up: usize,
        /// Whether the reference is within the expression itself.
        recursive: bool,
        /// The types of the columns.
        columns: Vec<ValueType>,
    },
    /// The rows that a statement changes as its trigger sees them (`REFERENCING NEW TABLE AS …`).
    TransitionTable {
        /// The trigger's relation.
        relation: Oid,
    },
    /// The one row of nothing of a query without FROM, or what a mistake has left unknown.
    Unknown,
}

/// A join's columns.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinRange {
    /// The kind of join.
    pub kind: JoinKind,
    /// How many of the first columns are merged by USING or NATURAL.
    pub merged: usize,
    /// What each column is made of (`joinaliasvars`).
    pub columns: Vec<Expr>,
    /// The column of the left side that is each column's source; 0 for none (`joinleftcols`).
    pub left_columns: Vec<i16>,
    /// The same of the right side.
    pub right_columns: Vec<i16>,
    /// The alias of `USING (…) AS alias`.
    pub using_alias: Option<Arc<str>>,
}

/// A function in FROM.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionRange {
    /// The call.
    pub call: Expr,
    /// How many columns it gives, dropped ones of its row type included.
    pub column_count: usize,
    /// The column definition list, for a function that returns `record`: names and types.
    pub definitions: Vec<(Arc<str>, ValueType)>,
    /// The columns' types.
    pub columns: Vec<ValueType>,
}

/// XMLTABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFunction {
    /// XMLNAMESPACES: names, none for DEFAULT.
    pub namespaces: Vec<(Option<Arc<str>>, Expr)>,
    /// PASSING.
    pub document: Expr,
    /// The row expression.
    pub rows: Expr,
    /// COLUMNS.
    pub columns: Vec<TableFunctionColumn>,
}

/// A column of XMLTABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFunctionColumn {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub typed: ValueType,
    /// PATH.
    pub path: Option<Expr>,
    /// DEFAULT.
    pub default: Option<Expr>,
    /// NOT NULL.
    pub not_null: bool,
    /// FOR ORDINALITY.
    pub ordinality: bool,
}

/// TABLESAMPLE.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The sampling method's handler.
    pub method: Oid,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// REPEATABLE.
    pub repeatable: Option<Expr>,
}

/// An item of FROM.
#[derive(Debug, Clone, PartialEq)]
pub enum FromItem {
    /// An entry of the range table, by its position from 0.
    Entry(usize),
    /// A join.
    Join(Box<Join>),
}

/// A join.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// Which kind.
    pub kind: JoinKind,
    /// NATURAL.
    pub natural: bool,
    /// The left side.
    pub left: FromItem,
    /// The right side.
    pub right: FromItem,
    /// The names of USING; for NATURAL, those that both sides have.
    pub using: Vec<Arc<str>>,
    /// The alias of `USING (…) AS alias`.
    pub using_alias: Option<Arc<str>>,
    /// The condition; none for CROSS JOIN.
    pub condition: Option<Expr>,
    /// The alias of the join as a whole.
    pub alias: Option<Alias>,
    /// The join's entry in the range table.
    pub entry: usize,
}

/// The kinds of joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum JoinKind {
    Inner,
    Left,
    Full,
    Right,
}
