//! The syntax tree of one statement, as the grammar of PostgreSQL reads it.
//!
//! What the engine's grammar writes in another form is in that form here: `TABLE t` is `SELECT * FROM t`, `a AT TIME ZONE b` calls
//! `pg_catalog.timezone`, `int` is `pg_catalog.int4`. No name is looked up.

mod alter_table;
mod data_type;
mod dml;
mod expr;
mod name;
mod object;
mod parameter;
mod privilege;
mod query;
mod relation;
mod routine;
mod service;
mod session;
mod statement;
mod table;
mod transaction;
mod type_name;
mod view;

pub use alter_table::{
    AlterTable, AlterTableAction, AlterTableActionKind, ColumnOrNumber, ConstraintChange,
    DetachMode, Fires, IdentityChange, MoveAll, ReplicaIdentity, TriggerChoice,
};
pub use data_type::{
    AlterAttribute, AlterDomain, AlterDomainAction, AlterType, AlterTypeAction, AttributeAction,
    CompositeAttribute, CreateDomain, CreateType, CreateTypeKind, DomainConstraint,
    DomainConstraintKind, EnumLabel, EnumPlace,
};
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
pub use object::{
    AggregateArguments, AlterObject, ArgumentReference, Comment, CreateSchema, Define, DefineKind,
    Drop, GlobalWord, ObjectAction, ObjectReference, OperatorReference, RelationWord, RoleName,
    RoleNameKind, RoutineReference, RoutineWord, SchemaWord, SecurityLabel, TableObjectWord,
};
pub use parameter::{IndexElement, IndexKey, Parameter, ParameterValue};
pub use privilege::{
    AllWord, AlterDefaultPrivileges, AlterGroup, AlterRole, AlterSettings, CreateRole, DropRole,
    Grant, GrantRole, GrantTarget, Owned, Privilege, RoleOption, UserMapping, UserMappingAction,
};
pub use query::{
    Alias, CommonTable, Cycle, Distinct, FromItem, FromItemKind, GroupItem, GroupItemKind,
    JoinCondition, JoinKind, Limit, LockStrength, LockWait, Locking, NamedWindow, NullsOrder,
    OrderTerm, Persistence, Query, QueryBody, Relation, RowsFromItem, Search, Select, SelectInto,
    SetOperator, SortDirection, TableFunctionColumn, TableSample, Target, With, XmlNamespace,
    XmlTable, XmlTableColumn, XmlTableColumnKind,
};
pub use relation::{
    AlterSequence, CreateIndex, CreateSequence, CreateTableAs, Number, SequenceOption,
    SequenceOptionKind, TableSource,
};
pub use routine::{
    AlterOperator, AlterOperatorFamily, AlterRoutine, ArgumentMode, AtomicStatement, Call,
    CastContext, CastMethod, CreateAccessMethod, CreateCast, CreateConversion, CreateLanguage,
    CreateOperatorClass, CreateOperatorFamily, CreateRoutine, CreateTransform, Do,
    OperatorClassItem, OperatorClassItemKind, OperatorFamilyAction, OperatorFamilyDrop, Returns,
    RoutineArgument, RoutineBody, RoutineOption, RoutineOptionKind, RoutineText, TableColumn,
};
pub use service::{
    AlterCollation, AlterConfiguration, AlterDictionary, AlterExtension, AlterPublication,
    AlterServer, AlterStatistics, AlterSubscription, CreateExtension, CreatePublication,
    CreateServer, CreateStatistics, CreateSubscription, ExtensionAction, ForeignDataWrapper,
    GenericAction, GenericOption, ImportForeignSchema, MappingAction, PublicationAction,
    PublicationObject,
};
pub use session::{
    Cluster, Copy, CopyPlace, CopySource, DeclareCursor, Discard, Execute, Explain, Lock, Prepare,
    Reindex, ReindexTarget, SetConstraints, SetParameter, SetTerm, SetValue, Show, Truncate,
    Vacuum,
};
pub use statement::{Statement, StatementKind};
pub use table::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, ColumnOptions, ConstraintAttributes,
    CreateTable, ExclusionElement, ForeignKeyAction, ForeignKeyReference, ForeignTable,
    IndexParameters, LikeClause, LikeOption, OnCommit, PartitionBound, PartitionBoundKind,
    PartitionBy, PartitionKey, PartitionStrategy, RangeBound, TableBody, TableConstraint,
    TableConstraintKind, TableElement, TypedTableElement,
};
pub use transaction::{TransactionMode, TransactionStatement};
pub use type_name::{IntervalFields, TypeName, TypeNameKind};
pub use view::{
    AlterEventTrigger, AlterPolicy, CheckOption, CreateEventTrigger, CreateMaterializedView,
    CreatePolicy, CreateRule, CreateTrigger, CreateView, EventFilter, PolicyCommand,
    RefreshMaterializedView, RuleAction, RuleEvent, Transition, TriggerEvent, TriggerTime,
};
