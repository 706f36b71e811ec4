//! What an entry of the dependency graph, a comment or a grant is about.

use crate::postgres::types::Oid;

/// The kind of an object: which of the engine's catalogs has its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the engine's own kinds")]
pub enum Class {
    Namespace,
    /// A table, view, sequence, index or composite type, or a column of one.
    Relation,
    /// The default, or the expression of a generated column. The number is that of the table, the part its column.
    Default,
    Type,
    Routine,
    Constraint,
    Trigger,
    Rule,
    Policy,
    Operator,
    OperatorClass,
    OperatorFamily,
    /// An operator or support function of an operator family.
    OperatorOfFamily,
    FunctionOfFamily,
    Cast,
    Transform,
    Collation,
    Conversion,
    Language,
    AccessMethod,
    Extension,
    Statistics,
    TextSearchParser,
    TextSearchDictionary,
    TextSearchTemplate,
    TextSearchConfiguration,
    ForeignDataWrapper,
    ForeignServer,
    UserMapping,
    Publication,
    /// A table in a publication.
    PublicationRelation,
    /// A schema in a publication.
    PublicationNamespace,
    Subscription,
    EventTrigger,
    DefaultPrivileges,
    Role,
    Tablespace,
    Database,
    LargeObject,
}

/// An object or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// What it is.
    pub class: Class,
    /// Its number.
    pub oid: Oid,
    /// The column, by its number in the table; 0 for the object itself.
    pub part: i16,
}

impl Address {
    /// A whole object.
    #[must_use]
    pub fn new(class: Class, oid: Oid) -> Address {
        Address {
            class,
            oid,
            part: 0,
        }
    }

    /// A column of a relation.
    #[must_use]
    pub fn column(relation: Oid, column: i16) -> Address {
        Address {
            class: Class::Relation,
            oid: relation,
            part: column,
        }
    }

    /// The default of a column of a relation.
    #[must_use]
    pub fn default(relation: Oid, column: i16) -> Address {
        Address {
            class: Class::Default,
            oid: relation,
            part: column,
        }
    }

    /// A relation.
    #[must_use]
    pub fn relation(oid: Oid) -> Address {
        Address::new(Class::Relation, oid)
    }

    /// The object itself where this is a part of it.
    #[must_use]
    pub fn whole(self) -> Address {
        match self.class {
            Class::Relation => Address { part: 0, ..self },
            _ => self,
        }
    }
}
