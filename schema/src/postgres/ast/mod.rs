//! The syntax tree of one statement, as the grammar of PostgreSQL reads it.
//!
//! What the engine's grammar writes in another form is in that form here: `TABLE t` is `SELECT * FROM t`, `a AT TIME ZONE b` calls
//! `pg_catalog.timezone`, `int` is `pg_catalog.int4`. No name is looked up.

mod dml;
mod expr;
mod name;
mod parameter;
mod query;
mod type_name;

pub use dml::{
    Assignment, AssignmentTarget, ConflictAction, ConflictTarget, DataStatement, Delete, Insert,
    InsertSource, Merge, MergeAction, MergeMatch, MergeWhen, OnConflict, Overriding, Update,
};
pub use expr::{
    Argument, BooleanOperator, BooleanTest, CallSyntax, CastSyntax, Constant, Expr, ExprKind,
    FrameBound, FrameExclude, FrameUnits, FunctionCall, Indirection, LikeOperator, MinMax, Over,
    QuantifiedOperand, Quantifier, SqlValue, WhenClause, WindowFrame, WindowSpecification,
    XmlAttribute, XmlContent, XmlStandalone,
};
pub use name::{Ident, OperatorName, QualifiedName};
pub use parameter::{IndexElement, IndexKey, Parameter, ParameterValue};
pub use query::{
    Alias, CommonTable, Cycle, Distinct, FromItem, FromItemKind, GroupItem, GroupItemKind,
    JoinCondition, JoinKind, Limit, LockStrength, LockWait, Locking, NamedWindow, NullsOrder,
    OrderTerm, Persistence, Query, QueryBody, Relation, RowsFromItem, Search, Select, SelectInto,
    SetOperator, SortDirection, TableFunctionColumn, TableSample, Target, With, XmlNamespace,
    XmlTable, XmlTableColumn, XmlTableColumnKind,
};
pub use type_name::{IntervalFields, TypeName, TypeNameKind};
