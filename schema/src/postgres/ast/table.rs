//! CREATE TABLE.

use super::{
    Expr, GenericOption, Ident, IndexElement, IndexKey, OperatorName, Parameter, Persistence,
    QualifiedName, SequenceOption, TypeName,
};
use crate::text::Span;

/// CREATE TABLE and CREATE FOREIGN TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTable {
    /// TEMPORARY or UNLOGGED.
    pub persistence: Persistence,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// What it is made of.
    pub body: TableBody,
    /// PARTITION BY.
    pub partition_by: Option<PartitionBy>,
    /// USING.
    pub access_method: Option<Ident>,
    /// WITH; WITHOUT OIDS says nothing.
    pub parameters: Vec<Parameter>,
    /// ON COMMIT.
    pub on_commit: Option<OnCommit>,
    /// TABLESPACE.
    pub tablespace: Option<Ident>,
    /// What makes it a foreign table.
    pub foreign: Option<ForeignTable>,
    /// From its first to its last token.
    pub span: Span,
}

/// SERVER and OPTIONS of a foreign table.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignTable {
    /// SERVER.
    pub server: Ident,
    /// OPTIONS.
    pub options: Vec<GenericOption>,
}

/// What a table is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum TableBody {
    /// `(…) INHERITS (…)`
    Columns {
        /// Columns, constraints and LIKE, in order.
        elements: Vec<TableElement>,
        /// INHERITS.
        inherits: Vec<QualifiedName>,
    },
    /// `OF type (…)`
    OfType {
        /// The composite type.
        type_name: QualifiedName,
        /// What is added to its columns.
        elements: Vec<TypedTableElement>,
    },
    /// `PARTITION OF parent (…) FOR VALUES …`
    PartitionOf {
        /// The partitioned table.
        parent: QualifiedName,
        /// What is added to its columns.
        elements: Vec<TypedTableElement>,
        /// Which rows.
        bound: PartitionBound,
    },
}

/// A column, a constraint or LIKE.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum TableElement {
    Column(ColumnDefinition),
    Constraint(TableConstraint),
    Like(LikeClause),
}

/// What is added to a column that a type or the partitioned table gives, or a constraint.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum TypedTableElement {
    Column(ColumnOptions),
    Constraint(TableConstraint),
}

/// A column of CREATE TABLE or ADD COLUMN.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub type_name: TypeName,
    /// STORAGE (since version 16).
    pub storage: Option<Ident>,
    /// COMPRESSION.
    pub compression: Option<Ident>,
    /// OPTIONS, of a foreign table.
    pub options: Vec<GenericOption>,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// Its constraints, in order.
    pub constraints: Vec<ColumnConstraint>,
    /// From its name to its last token.
    pub span: Span,
}

/// What is added to a column that exists: `column [WITH OPTIONS] constraints`.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnOptions {
    /// Its name.
    pub name: Ident,
    /// COLLATE, which the engine then refuses.
    pub collation: Option<QualifiedName>,
    /// Its constraints, in order.
    pub constraints: Vec<ColumnConstraint>,
    /// From its name to its last token.
    pub span: Span,
}

/// A constraint of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnConstraint {
    /// CONSTRAINT.
    pub name: Option<Ident>,
    /// What it says.
    pub kind: ColumnConstraintKind,
    /// DEFERRABLE and its kin after it.
    pub attributes: ConstraintAttributes,
    /// From CONSTRAINT, if it is there, to its last token.
    pub span: Span,
}

/// What a constraint of a column says.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum ColumnConstraintKind {
    Null,
    /// NO INHERIT since version 18.
    NotNull {
        no_inherit: bool,
    },
    Default(Expr),
    Check {
        expression: Expr,
        no_inherit: bool,
    },
    Unique {
        nulls_not_distinct: bool,
        index: IndexParameters,
    },
    PrimaryKey {
        index: IndexParameters,
    },
    References(ForeignKeyReference),
    Identity {
        always: bool,
        options: Vec<SequenceOption>,
    },
    /// GENERATED ALWAYS AS.
    Generated {
        expression: Expr,
        /// VIRTUAL (since version 18, where it is the default); else STORED.
        is_virtual: bool,
    },
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConstraintAttributes {
    /// DEFERRABLE, or INITIALLY DEFERRED, which implies it.
    pub deferrable: bool,
    /// INITIALLY DEFERRED.
    pub initially_deferred: bool,
    /// NOT VALID.
    pub not_valid: bool,
    /// NOT ENFORCED (since version 18).
    pub not_enforced: bool,
}

/// `WITH (…) USING INDEX TABLESPACE …` of a constraint that has an index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndexParameters {
    /// INCLUDE, of a table constraint.
    pub include: Vec<Ident>,
    /// WITH.
    pub parameters: Vec<Parameter>,
    /// USING INDEX TABLESPACE.
    pub tablespace: Option<Ident>,
}

/// The right-hand side of a foreign key.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignKeyReference {
    /// The referenced table.
    pub table: QualifiedName,
    /// Its columns; empty for its primary key.
    pub columns: Vec<Ident>,
    /// PERIOD before the last column (since version 18).
    pub period: bool,
    /// MATCH FULL; else SIMPLE.
    pub match_full: bool,
    /// ON DELETE.
    pub on_delete: ForeignKeyAction,
    /// The columns of `ON DELETE SET NULL (…)` or `SET DEFAULT (…)`; empty for all.
    pub on_delete_columns: Vec<Ident>,
    /// ON UPDATE.
    pub on_update: ForeignKeyAction,
    /// From REFERENCES to its last token.
    pub span: Span,
}

/// What a change of the referenced row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum ForeignKeyAction {
    #[default]
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableConstraint {
    /// CONSTRAINT.
    pub name: Option<Ident>,
    /// What it says.
    pub kind: TableConstraintKind,
    /// DEFERRABLE, NOT VALID and their kin after it.
    pub attributes: ConstraintAttributes,
    /// From CONSTRAINT, if it is there, to its last token.
    pub span: Span,
}

/// What a constraint of a table says.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum TableConstraintKind {
    Check {
        expression: Expr,
        no_inherit: bool,
    },
    /// Since version 18.
    NotNull {
        column: Ident,
        no_inherit: bool,
    },
    Unique {
        nulls_not_distinct: bool,
        columns: Vec<Ident>,
        /// WITHOUT OVERLAPS after the last column (since version 18).
        without_overlaps: bool,
        index: IndexParameters,
    },
    /// UNIQUE USING INDEX.
    UniqueIndex(Ident),
    PrimaryKey {
        columns: Vec<Ident>,
        /// WITHOUT OVERLAPS after the last column (since version 18).
        without_overlaps: bool,
        index: IndexParameters,
    },
    /// PRIMARY KEY USING INDEX.
    PrimaryKeyIndex(Ident),
    Exclude {
        /// USING.
        method: Option<Ident>,
        elements: Vec<ExclusionElement>,
        index: IndexParameters,
        filter: Option<Expr>,
    },
    ForeignKey {
        columns: Vec<Ident>,
        /// PERIOD before the last column (since version 18).
        period: bool,
        reference: ForeignKeyReference,
    },
}

impl TableConstraintKind {
    /// Whether it is kept by an index, or by one of another table, and not by looking at a row alone.
    #[must_use]
    pub fn is_key(&self) -> bool {
        match self {
            TableConstraintKind::Check { .. } | TableConstraintKind::NotNull { .. } => false,
            TableConstraintKind::Unique { .. }
            | TableConstraintKind::UniqueIndex(_)
            | TableConstraintKind::PrimaryKey { .. }
            | TableConstraintKind::PrimaryKeyIndex(_)
            | TableConstraintKind::Exclude { .. }
            | TableConstraintKind::ForeignKey { .. } => true,
        }
    }
}

/// `element WITH operator` of an exclusion constraint.
#[derive(Debug, Clone, PartialEq)]
pub struct ExclusionElement {
    /// What is compared.
    pub element: IndexElement,
    /// With what.
    pub operator: OperatorName,
}

/// LIKE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeClause {
    /// The table, view or composite type.
    pub name: QualifiedName,
    /// What is copied beside columns, types and NOT NULL, in order; what is excluded after it was included is not there.
    pub including: Vec<LikeOption>,
    /// From LIKE to the last token.
    pub span: Span,
}

/// What LIKE can copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum LikeOption {
    Comments,
    Compression,
    Constraints,
    Defaults,
    Generated,
    Identity,
    Indexes,
    Statistics,
    Storage,
}

impl LikeOption {
    /// What INCLUDING ALL means.
    pub const ALL: [LikeOption; 9] = [
        LikeOption::Comments,
        LikeOption::Compression,
        LikeOption::Constraints,
        LikeOption::Defaults,
        LikeOption::Generated,
        LikeOption::Identity,
        LikeOption::Indexes,
        LikeOption::Statistics,
        LikeOption::Storage,
    ];
}

/// PARTITION BY.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionBy {
    /// How rows are distributed.
    pub strategy: PartitionStrategy,
    /// By what.
    pub keys: Vec<PartitionKey>,
    /// From PARTITION to the last token.
    pub span: Span,
}

/// How rows are distributed among partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum PartitionStrategy {
    List,
    Range,
    Hash,
}

/// A column or expression that decides about a row's partition.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionKey {
    /// The value.
    pub key: IndexKey,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// The operator class.
    pub operator_class: Option<QualifiedName>,
    /// From its first to its last token.
    pub span: Span,
}

/// Which rows a partition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionBound {
    /// Which rows.
    pub kind: PartitionBoundKind,
    /// `FOR VALUES …` or DEFAULT.
    pub span: Span,
}

/// The kinds of bounds.
#[derive(Debug, Clone, PartialEq)]
pub enum PartitionBoundKind {
    /// DEFAULT.
    Default,
    /// `WITH (MODULUS 4, REMAINDER 0)`
    Hash {
        /// MODULUS.
        modulus: i32,
        /// REMAINDER.
        remainder: i32,
    },
    /// `IN (…)`
    List(Vec<Expr>),
    /// `FROM (…) TO (…)`
    Range {
        /// Inclusive.
        from: Vec<RangeBound>,
        /// Exclusive.
        to: Vec<RangeBound>,
    },
}

/// A value of a range bound.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum RangeBound {
    MinValue(Span),
    MaxValue(Span),
    Value(Expr),
}

/// What becomes of a temporary table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum OnCommit {
    Drop,
    DeleteRows,
    PreserveRows,
}
