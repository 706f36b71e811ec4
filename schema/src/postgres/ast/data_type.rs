//! CREATE TYPE, CREATE DOMAIN and their ALTERs.

use super::{Expr, Ident, Parameter, QualifiedName, TypeName};
use crate::text::Span;

/// CREATE TYPE, but for base types, which are a [`Define`](super::Define).
#[derive(Debug, Clone, PartialEq)]
pub struct CreateType {
    /// Its name.
    pub name: QualifiedName,
    /// What it is.
    pub kind: CreateTypeKind,
}

/// What CREATE TYPE makes.
#[derive(Debug, Clone, PartialEq)]
pub enum CreateTypeKind {
    /// `CREATE TYPE name`
    Shell,
    /// `AS ENUM ('a', 'b')`
    Enum(Vec<EnumLabel>),
    /// `AS (name type, …)`
    Composite(Vec<CompositeAttribute>),
    /// `AS RANGE (…)`
    Range(Vec<Parameter>),
}

/// A label of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumLabel {
    /// The label.
    pub text: Box<str>,
    /// Where it is written.
    pub span: Span,
}

/// An attribute of a composite type.
#[derive(Debug, Clone, PartialEq)]
pub struct CompositeAttribute {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub type_name: TypeName,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
}

/// What only ALTER TYPE does, and the actions on attributes of composite types.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterType {
    /// The type.
    pub name: QualifiedName,
    /// What is done.
    pub action: AlterTypeAction,
}

/// What ALTER TYPE does.
#[derive(Debug, Clone, PartialEq)]
pub enum AlterTypeAction {
    /// `ADD VALUE [IF NOT EXISTS] label [BEFORE | AFTER neighbour]`
    AddValue {
        /// IF NOT EXISTS.
        if_not_exists: bool,
        /// The label.
        label: EnumLabel,
        /// BEFORE or AFTER which one; at the end otherwise.
        place: Option<(EnumPlace, EnumLabel)>,
    },
    /// `RENAME VALUE old TO new`
    RenameValue {
        /// The label that is there.
        from: EnumLabel,
        /// The label that it becomes.
        to: EnumLabel,
    },
    /// `RENAME ATTRIBUTE old TO new [CASCADE]`
    RenameAttribute {
        /// The attribute.
        from: Ident,
        /// Its new name.
        to: Ident,
        /// CASCADE: to typed tables.
        cascade: bool,
    },
    /// ADD, DROP and ALTER ATTRIBUTE.
    Attributes(Vec<AlterAttribute>),
    /// `SET (…)`, of base types.
    Set(Vec<Parameter>),
}

/// Where a new label goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum EnumPlace {
    Before,
    After,
}

/// An action on an attribute of a composite type.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterAttribute {
    /// What is done.
    pub action: AttributeAction,
    /// CASCADE: to typed tables.
    pub cascade: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// What is done to an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeAction {
    /// ADD ATTRIBUTE.
    Add(CompositeAttribute),
    /// `DROP ATTRIBUTE [IF EXISTS] name`
    Drop {
        /// IF EXISTS.
        if_exists: bool,
        /// The attribute.
        name: Ident,
    },
    /// `ALTER ATTRIBUTE name [SET DATA] TYPE type [COLLATE …]`
    Alter(CompositeAttribute),
}

/// CREATE DOMAIN.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateDomain {
    /// Its name.
    pub name: QualifiedName,
    /// The type that it is over.
    pub type_name: TypeName,
    /// COLLATE, of which there is one at most.
    pub collation: Option<QualifiedName>,
    /// DEFAULT, NOT NULL, CHECK and what the engine refuses.
    pub constraints: Vec<DomainConstraint>,
}

/// A constraint of a domain, or of one that the engine refuses there.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainConstraint {
    /// CONSTRAINT.
    pub name: Option<Ident>,
    /// What it demands.
    pub kind: DomainConstraintKind,
    /// NOT VALID.
    pub not_valid: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// What a constraint of a domain demands.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum DomainConstraintKind {
    Null,
    NotNull,
    Default(Box<Expr>),
    Check {
        condition: Box<Expr>,
        no_inherit: bool,
    },
    /// UNIQUE, PRIMARY KEY, REFERENCES, EXCLUDE, GENERATED, DEFERRABLE: what domains do not take, by its name.
    Refused(&'static str),
}

/// ALTER DOMAIN, but for what any object takes.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterDomain {
    /// The domain.
    pub name: QualifiedName,
    /// What is done.
    pub action: AlterDomainAction,
}

/// What ALTER DOMAIN does.
#[derive(Debug, Clone, PartialEq)]
pub enum AlterDomainAction {
    /// SET DEFAULT; nothing for DROP DEFAULT.
    Default(Option<Box<Expr>>),
    /// SET NOT NULL, or DROP NOT NULL.
    NotNull(bool),
    /// ADD.
    Add(DomainConstraint),
    /// DROP CONSTRAINT.
    DropConstraint {
        /// IF EXISTS.
        if_exists: bool,
        /// The constraint.
        name: Ident,
        /// CASCADE.
        cascade: bool,
    },
    /// VALIDATE CONSTRAINT.
    Validate(Ident),
    /// RENAME CONSTRAINT … TO ….
    RenameConstraint {
        /// The constraint.
        from: Ident,
        /// Its new name.
        to: Ident,
    },
}
