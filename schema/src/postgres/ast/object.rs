//! Objects as COMMENT, DROP, ALTER … RENAME, ALTER EXTENSION and their like name them, and what is done to any of them.

use super::{Constant, Ident, OperatorName, Parameter, QualifiedName, TypeName, TypeNameKind};
use crate::text::Span;

/// An object that is there, or ought to be, with the word for what it is.
#[derive(Debug, Clone, PartialEq)]
pub enum ObjectReference {
    /// `TABLE name`, `VIEW name`, …
    Relation(RelationWord, QualifiedName),
    /// `COLUMN table.column`
    Column {
        /// The table, view or composite type.
        relation: QualifiedName,
        /// The column.
        column: Ident,
    },
    /// What is in a schema and has nothing but a name: `COLLATION name`, `TEXT SEARCH DICTIONARY name`, …
    InSchema(SchemaWord, QualifiedName),
    /// What is in no schema: `SCHEMA name`, `EXTENSION name`, …
    Global(GlobalWord, Ident),
    /// `TYPE name`
    Type(TypeName),
    /// `DOMAIN name`
    Domain(TypeName),
    /// `FUNCTION name(types)`, `AGGREGATE …`, `PROCEDURE …`, `ROUTINE …`.
    Routine(RoutineReference),
    /// `OPERATOR + (integer, integer)`
    Operator(OperatorReference),
    /// `OPERATOR CLASS name USING method`
    OperatorClass {
        /// The class.
        name: QualifiedName,
        /// The access method.
        method: Ident,
    },
    /// `OPERATOR FAMILY name USING method`
    OperatorFamily {
        /// The family.
        name: QualifiedName,
        /// The access method.
        method: Ident,
    },
    /// `CONSTRAINT name ON table`
    Constraint {
        /// The constraint.
        name: Ident,
        /// The table.
        table: QualifiedName,
    },
    /// `CONSTRAINT name ON DOMAIN domain`
    DomainConstraint {
        /// The constraint.
        name: Ident,
        /// The domain.
        domain: QualifiedName,
    },
    /// `TRIGGER name ON table`, `POLICY …`, `RULE …`.
    OfTable {
        /// What it is.
        word: TableObjectWord,
        /// The object.
        name: Ident,
        /// The table or view.
        table: QualifiedName,
    },
    /// `CAST (source AS target)`
    Cast {
        /// The type that is converted.
        source: TypeName,
        /// The type that comes out.
        target: TypeName,
        /// CAST with what follows it.
        span: Span,
    },
    /// `TRANSFORM FOR type LANGUAGE language`
    Transform {
        /// The type.
        type_name: TypeName,
        /// The language.
        language: Ident,
    },
    /// `LARGE OBJECT 1234`
    LargeObject(Constant, Span),
}

impl ObjectReference {
    /// The database that its name names.
    pub(crate) fn database(&self) -> Option<&Ident> {
        let name = match self {
            ObjectReference::Relation(_, name)
            | ObjectReference::Column { relation: name, .. }
            | ObjectReference::InSchema(_, name)
            | ObjectReference::OperatorClass { name, .. }
            | ObjectReference::OperatorFamily { name, .. }
            | ObjectReference::Constraint { table: name, .. }
            | ObjectReference::DomainConstraint { domain: name, .. }
            | ObjectReference::OfTable { table: name, .. } => name,
            ObjectReference::Operator(operator) => return operator.name.catalog.as_ref(),
            ObjectReference::Type(name) | ObjectReference::Domain(name) => match &name.kind {
                TypeNameKind::Named { name, .. } => name,
                TypeNameKind::System { .. }
                | TypeNameKind::Interval { .. }
                | TypeNameKind::OfColumn(_) => return None,
            },
            // It is said where they are looked up, as wherever else types and routines are named.
            ObjectReference::Routine(_)
            | ObjectReference::Global(..)
            | ObjectReference::Cast { .. }
            | ObjectReference::Transform { .. }
            | ObjectReference::LargeObject(..) => return None,
        };
        name.catalog.as_ref()
    }
}

/// What a statement calls a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum RelationWord {
    Table,
    View,
    MaterializedView,
    Index,
    Sequence,
    ForeignTable,
}

/// What is in a schema and has nothing but a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum SchemaWord {
    Collation,
    Conversion,
    Statistics,
    TextSearchParser,
    TextSearchDictionary,
    TextSearchTemplate,
    TextSearchConfiguration,
}

/// What is in no schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum GlobalWord {
    AccessMethod,
    Database,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    Language,
    Publication,
    Role,
    Schema,
    Server,
    Subscription,
    Tablespace,
}

/// What belongs to a table and has its name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum TableObjectWord {
    Policy,
    Rule,
    Trigger,
}

/// A routine by its name, and by the types of its arguments if they are written.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutineReference {
    /// What the statement calls it.
    pub word: RoutineWord,
    /// Its name.
    pub name: QualifiedName,
    /// Its arguments; nothing where only the name is written, which then must be the only one.
    pub arguments: Option<Vec<ArgumentReference>>,
    /// Of an aggregate: how many of them stand before ORDER BY, if there is one.
    pub direct: Option<usize>,
    /// The name with what follows it.
    pub span: Span,
}

/// What a statement calls a routine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum RoutineWord {
    Function,
    Procedure,
    Routine,
    Aggregate,
}

/// An argument of a routine that is referred to. Its name, if one is written, means nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ArgumentReference {
    /// Which way it goes, if that is written.
    pub mode: Option<super::ArgumentMode>,
    /// Its type.
    pub type_name: TypeName,
}

/// An operator by its operands.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorReference {
    /// The operator.
    pub name: OperatorName,
    /// The left operand; nothing for NONE.
    pub left: Option<TypeName>,
    /// The right operand; nothing for NONE, which no operator of today has.
    pub right: Option<TypeName>,
    /// The operator with its operands.
    pub span: Span,
}

/// A role as GRANT, OWNER TO and their like name it (`RoleSpec`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName {
    /// Which one.
    pub kind: RoleNameKind,
    /// Where it is written.
    pub span: Span,
}

/// The ways to name a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleNameKind {
    /// By its name.
    Named(Ident),
    /// PUBLIC: not where one role is wanted.
    Public,
    /// CURRENT_ROLE.
    CurrentRole,
    /// CURRENT_USER.
    CurrentUser,
    /// SESSION_USER.
    SessionUser,
}

/// DROP of any kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Drop {
    /// What is dropped; all are of one kind.
    pub objects: Vec<ObjectReference>,
    /// IF EXISTS.
    pub if_exists: bool,
    /// CONCURRENTLY, of an index.
    pub concurrently: Option<Span>,
    /// CASCADE; RESTRICT otherwise.
    pub cascade: bool,
}

/// COMMENT ON.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// What it is about.
    pub object: ObjectReference,
    /// The text; nothing for NULL, which takes the comment away.
    pub text: Option<Box<str>>,
}

/// SECURITY LABEL.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityLabel {
    /// FOR.
    pub provider: Option<Ident>,
    /// What it is about.
    pub object: ObjectReference,
    /// From its first to its last token.
    pub span: Span,
}

/// What ALTER does to objects of many kinds: RENAME TO, SET SCHEMA, OWNER TO, DEPENDS ON EXTENSION.
///
/// Those of tables and other relations are actions of their ALTER.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterObject {
    /// The object.
    pub object: ObjectReference,
    /// IF EXISTS: only of a policy.
    pub if_exists: bool,
    /// What is done.
    pub action: ObjectAction,
}

/// What ALTER does to objects of many kinds.
#[derive(Debug, Clone, PartialEq)]
pub enum ObjectAction {
    /// RENAME TO.
    Rename(Ident),
    /// SET SCHEMA.
    SetSchema(Ident),
    /// OWNER TO.
    Owner(RoleName),
    /// `[NO] DEPENDS ON EXTENSION`
    DependsOnExtension {
        /// NO.
        no: bool,
        /// The extension.
        extension: Ident,
    },
}

/// CREATE SCHEMA.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateSchema {
    /// Its name; without one it has that of the role.
    pub name: Option<Ident>,
    /// AUTHORIZATION.
    pub owner: Option<RoleName>,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// What is created in it: tables, indexes, sequences, triggers, grants, views.
    pub elements: Vec<super::Statement>,
    /// From its first to its last token.
    pub span: Span,
}

/// A statement `CREATE what name (definition)` whose definition is a list of options: operators, aggregates, base types,
/// collations, text search.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What is created.
    pub kind: DefineKind,
    /// OR REPLACE, of an aggregate.
    pub or_replace: bool,
    /// IF NOT EXISTS, of a collation.
    pub if_not_exists: bool,
    /// The options.
    pub options: Vec<Parameter>,
    /// From its first to its last token.
    pub span: Span,
}

/// What a [`Define`] creates.
#[derive(Debug, Clone, PartialEq)]
pub enum DefineKind {
    /// `AGGREGATE name (arguments) (…)`; without arguments in the old style, where `basetype` is one of the options.
    Aggregate {
        /// Its name.
        name: QualifiedName,
        /// The arguments; the first list is that before ORDER BY. Nothing in the old style.
        arguments: Option<AggregateArguments>,
    },
    /// OPERATOR.
    Operator(OperatorName),
    /// A base type.
    Type(QualifiedName),
    /// COLLATION.
    Collation(QualifiedName),
    /// `COLLATION name FROM other`
    CollationFrom(QualifiedName, QualifiedName),
    /// TEXT SEARCH PARSER, DICTIONARY, TEMPLATE or CONFIGURATION.
    TextSearch(SchemaWord, QualifiedName),
}

/// The arguments of an aggregate (`aggr_args`).
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateArguments {
    /// All of them; none for `(*)`.
    pub arguments: Vec<super::RoutineArgument>,
    /// How many stand before ORDER BY, if there is one.
    pub direct: Option<usize>,
}
