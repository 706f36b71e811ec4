//! The door to what exists.

use super::{
    Cast, Collation, FamilyMember, Function, Name, Oid, Operator, OperatorClass, Type, ValueType,
};
use crate::postgres::builtin::TextSearchKind;

/// A column of a relation, or a field of a composite type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// `attnum`: columns count from 1, system columns are negative.
    pub number: i16,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub value: ValueType,
    /// Whether it is `NOT NULL`.
    pub not_null: bool,
}

/// What the type system asks of a catalog. The catalog answers for what a new database has and for what the migrations
/// made.
///
/// Look-ups by name know nothing of search paths: they give what there is in any schema, and the caller filters by
/// [`Objects::search_path`].
pub trait Objects {
    /// The major version of the engine.
    fn version(&self) -> u16;
    /// The schemas in which names are looked for, in order, `pg_catalog` and the temporary schema included as the engine includes
    /// them (`activeSearchPath`).
    fn search_path(&self) -> &[Oid];
    /// A schema by its name.
    fn namespace(&self, name: &str) -> Option<Oid>;
    /// The name of a schema.
    fn namespace_name(&self, namespace: Oid) -> Option<&str>;
    /// A type.
    fn type_by_oid(&self, oid: Oid) -> Option<&Type>;
    /// A type by its schema and name.
    fn type_named(&self, namespace: Oid, name: &str) -> Option<&Type>;
    /// A function, procedure, aggregate or window function.
    fn function(&self, oid: Oid) -> Option<&Function>;
    /// All functions of a name, in any schema.
    fn functions_named(&self, name: &str) -> Vec<&Function>;
    /// An operator.
    fn operator(&self, oid: Oid) -> Option<&Operator>;
    /// All operators of a name, in any schema.
    fn operators_named(&self, name: &str) -> Vec<&Operator>;
    /// The cast from one type to another.
    fn cast(&self, source: Oid, target: Oid) -> Option<&Cast>;
    /// The columns of a relation or composite type, without system columns and dropped ones, in order.
    fn attributes(&self, relation: Oid) -> Vec<Attribute>;
    /// Whether a relation inherits from another, however far up; or is a partition of it.
    fn inherits(&self, relation: Oid, ancestor: Oid) -> bool;
    /// The labels of an enum with their numbers, in order.
    fn enum_labels(&self, enumeration: Oid) -> Vec<(Oid, Name)>;
    /// The schema and the name of a relation.
    fn relation_name(&self, relation: Oid) -> Option<(Oid, &str)>;
    /// A relation by its schema and name.
    fn relation_named(&self, namespace: Oid, name: &str) -> Option<Oid>;
    /// A collation.
    fn collation(&self, oid: Oid) -> Option<&Collation>;
    /// A collation by its schema and name.
    fn collation_named(&self, namespace: Oid, name: &str) -> Option<&Collation>;
    /// An operator class.
    fn operator_class(&self, oid: Oid) -> Option<&OperatorClass>;
    /// All operator classes of an access method.
    fn operator_classes(&self, method: Oid) -> Vec<&OperatorClass>;
    /// The operators of an operator family.
    fn family_members(&self, family: Oid) -> Vec<FamilyMember>;
    /// An object of text search by its schema and name.
    fn text_search_named(&self, kind: TextSearchKind, namespace: Oid, name: &str) -> Option<Oid>;
    /// The schema and the name of an object of text search.
    fn text_search_name(&self, oid: Oid) -> Option<(Oid, &str)>;
    /// The name of a role.
    fn role_name(&self, role: Oid) -> Option<&str>;
    /// A role by its name.
    fn role_named(&self, name: &str) -> Option<Oid>;
}
