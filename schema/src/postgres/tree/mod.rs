//! Query trees: expressions and queries in which every name is the object that it refers to, and every value has a type.
//!
//! They are what PostgreSQL's parse analysis makes (`primnodes.h`, `parsenodes.h`) and stores: defaults, CHECKs, index
//! expressions, views, policies. Nothing in them is a name, so that a RENAME has nothing to rewrite; names are looked up
//! in the catalog when a tree is printed. Names that the query itself gives, such as aliases, are kept as they are.
//!
//! Columns are numbered as `pg_attribute.attnum` is: from 1, with 0 for the whole row and system columns below it.

mod call;
mod expr;
mod from;
mod map;
mod query;
mod typing;
mod walk;

pub use call::{
    Aggregate, AggregateKind, ArrayComparison, FunctionCall, Grouping, OperatorCall, WindowCall,
};
pub use expr::{
    ArrayCoercion, ArrayConstructor, BooleanOperator, BooleanTest, Case, CaseBranch, Coalesce,
    CoercionForm, Collate, Column, Constant, Conversion, Expr, FieldSelect, FieldStore, LabelPart,
    MinMax, NamedArgument, NullTest, Parameter, ParameterKind, RowComparison, RowComparisonKind,
    RowConstructor, SqlValue, SqlValueKind, SubLink, SubLinkKind, Subscript, Subscripts, Truth,
    Value, Xml, XmlKind,
};
pub use from::{
    Alias, FromItem, FunctionRange, Join, JoinKind, JoinRange, RangeEntry, RangeKind, Sample,
    TableFunction, TableFunctionColumn,
};
pub use query::{
    Command, CommonTable, ConflictAction, ConflictElement, Cycle, Distinct, FrameBound,
    FrameExclusion, FrameMode, GroupingSet, LockStrength, LockWait, Materialized, MergeAction,
    MergeMatch, OnConflict, Origin, Overriding, Query, RowLock, Search, SetKind, SetOperand,
    SetOperation, SortTerm, Target, Window, WindowFrame,
};
pub use typing::UNKNOWN;
pub use walk::{Visitor, walk_expression, walk_query};
