//! ALTER TABLE and its kin.

use super::{
    ColumnDefinition, Expr, GenericOption, Ident, Parameter, PartitionBound, QualifiedName,
    Relation, RelationWord, RoleName, SequenceOption, TableConstraint, TypeName,
};
use crate::text::Span;

/// ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW or FOREIGN TABLE, with actions that the grammar allows for all of
/// them.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterTable {
    /// What the statement says the relation is.
    pub kind: RelationWord,
    /// IF EXISTS.
    pub if_exists: bool,
    /// The relation.
    pub relation: Relation,
    /// At least one. ATTACH and DETACH PARTITION, RENAME, SET SCHEMA and DEPENDS ON EXTENSION stand alone.
    pub actions: Vec<AlterTableAction>,
    /// From its first to its last token.
    pub span: Span,
}

/// An action of ALTER TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterTableAction {
    /// What it does.
    pub kind: AlterTableActionKind,
    /// From its first to its last token.
    pub span: Span,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum AlterTableActionKind {
    AddColumn {
        if_not_exists: bool,
        column: ColumnDefinition,
    },
    DropColumn {
        if_exists: bool,
        column: Ident,
        cascade: bool,
    },
    SetType {
        column: Ident,
        type_name: TypeName,
        collation: Option<QualifiedName>,
        using: Option<Expr>,
    },
    SetDefault {
        column: Ident,
        value: Expr,
    },
    DropDefault {
        column: Ident,
    },
    SetNotNull {
        column: Ident,
    },
    DropNotNull {
        column: Ident,
    },
    /// Since version 17.
    SetExpression {
        column: Ident,
        expression: Expr,
    },
    DropExpression {
        column: Ident,
        if_exists: bool,
    },
    AddIdentity {
        column: Ident,
        always: bool,
        options: Vec<SequenceOption>,
    },
    AlterIdentity {
        column: Ident,
        changes: Vec<IdentityChange>,
    },
    DropIdentity {
        column: Ident,
        if_exists: bool,
    },
    /// A target of −1, or DEFAULT since version 17, is none.
    SetStatistics {
        column: ColumnOrNumber,
        target: Option<i32>,
    },
    SetColumnParameters {
        column: Ident,
        parameters: Vec<Parameter>,
    },
    ResetColumnParameters {
        column: Ident,
        parameters: Vec<Parameter>,
    },
    /// `storage` is a word such as `plain`, or `default`.
    SetStorage {
        column: Ident,
        storage: Ident,
    },
    SetCompression {
        column: Ident,
        compression: Ident,
    },
    ChangeColumnOptions {
        column: Ident,
        options: Vec<GenericOption>,
    },
    AddConstraint(TableConstraint),
    AlterConstraint {
        name: Ident,
        change: ConstraintChange,
    },
    ValidateConstraint {
        name: Ident,
    },
    DropConstraint {
        if_exists: bool,
        name: Ident,
        cascade: bool,
    },
    AttachPartition {
        partition: QualifiedName,
        bound: PartitionBound,
    },
    /// ALTER INDEX … ATTACH PARTITION.
    AttachIndexPartition {
        index: QualifiedName,
    },
    DetachPartition {
        partition: QualifiedName,
        mode: DetachMode,
    },
    Inherit(QualifiedName),
    NoInherit(QualifiedName),
    OfType(QualifiedName),
    NotOfType,
    SetOwner(RoleName),
    /// None for DEFAULT (since version 17).
    SetAccessMethod(Option<Ident>),
    SetTablespace(Ident),
    SetLogged,
    SetUnlogged,
    SetWithoutOids,
    ClusterOn(Ident),
    SetWithoutCluster,
    SetParameters(Vec<Parameter>),
    ResetParameters(Vec<Parameter>),
    ChangeOptions(Vec<GenericOption>),
    Trigger {
        fires: Fires,
        which: TriggerChoice,
    },
    Rule {
        fires: Fires,
        name: Ident,
    },
    EnableRowSecurity,
    DisableRowSecurity,
    ForceRowSecurity,
    NoForceRowSecurity,
    ReplicaIdentity(ReplicaIdentity),
    RenameTo(Ident),
    /// COLUMN may be left out.
    RenameColumn {
        column: Ident,
        to: Ident,
    },
    RenameConstraint {
        name: Ident,
        to: Ident,
    },
    SetSchema(Ident),
    /// Of indexes and materialized views.
    DependsOnExtension {
        no: bool,
        extension: Ident,
    },
}

/// A column of a table, or of an index by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnOrNumber {
    /// By its name.
    Column(Ident),
    /// By its number, which is positive.
    Number(i16, Span),
}

/// A change of an identity column.
#[derive(Debug, Clone, PartialEq)]
pub enum IdentityChange {
    /// `SET GENERATED ALWAYS` or `BY DEFAULT`.
    Generated {
        /// ALWAYS.
        always: bool,
        /// Its words.
        span: Span,
    },
    /// `SET option`, or RESTART.
    Option(SequenceOption),
}

/// A change of a constraint; what is not said stays as it is since version 18, and is false before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConstraintChange {
    /// `[NOT] DEFERRABLE`
    pub deferrable: Option<bool>,
    /// `INITIALLY DEFERRED` or `IMMEDIATE`
    pub initially_deferred: Option<bool>,
    /// `[NOT] ENFORCED` (since version 18)
    pub enforced: Option<bool>,
    /// `[NO] INHERIT` (since version 18)
    pub inherit: Option<bool>,
}

/// How a partition is detached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum DetachMode {
    Plain,
    Concurrently,
    Finalize,
}

/// When a trigger or rule fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fires {
    /// ENABLE: not on a replica.
    Origin,
    /// ENABLE REPLICA: only on one.
    Replica,
    /// ENABLE ALWAYS.
    Always,
    /// DISABLE.
    Never,
}

/// Which triggers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TriggerChoice {
    Named(Ident),
    All,
    User,
}

/// What identifies a row for replication.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum ReplicaIdentity {
    Default,
    Full,
    Nothing,
    UsingIndex(Ident),
}

/// ALTER TABLE, INDEX or MATERIALIZED VIEW ALL IN TABLESPACE.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveAll {
    /// What is moved.
    pub kind: RelationWord,
    /// From where.
    pub tablespace: Ident,
    /// OWNED BY.
    pub owners: Vec<RoleName>,
    /// Where to.
    pub to: Ident,
    /// NOWAIT.
    pub no_wait: bool,
    /// From its first to its last token.
    pub span: Span,
}
