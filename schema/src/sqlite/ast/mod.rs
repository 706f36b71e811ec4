//! The syntax tree of one statement.
//!
//! Every name carries its span and its token, so that a diagnostic can point at it and a rename can rewrite it.

mod alter;
mod create;
mod dml;
mod expr;
mod query;
mod statement;

pub use alter::{AlterAction, AlterTable};
pub use create::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, CreateIndex, CreateTable,
    CreateTrigger, CreateView, CreateVirtualTable, Deferrable, ForeignKeyAction,
    ForeignKeyReference, GeneratedColumnKind, IndexedTerm, Initially, ModuleArgument, TableBody,
    TableConstraint, TableConstraintKind, TableOption, TriggerEvent, TriggerTime, TypeName,
};
pub use dml::{
    Assignment, ConflictAction, ConflictResolution, Delete, Insert, InsertSource, TargetTable,
    Update, Upsert,
};
pub use expr::{
    BinaryOperator, Expr, ExprKind, FrameBound, FrameExclude, FrameUnits, FunctionArguments,
    FunctionCall, LikeOperator, Literal, Over, RaiseKind, UnaryOperator, WhenClause, WindowFrame,
    WindowSpecification,
};
pub use query::{
    CommonTable, CompoundOperator, FromItem, FromSource, IndexHint, JoinConstraint, JoinKind,
    Limit, Materialized, NamedWindow, NullsOrder, OrderTerm, Query, QueryArm, ResultColumn, Select,
    SelectCore, SortOrder, With,
};
pub use statement::{
    Drop, DropKind, PragmaValue, QualifiedName, Statement, StatementKind, TransactionKind,
};
