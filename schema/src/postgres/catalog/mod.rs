//! What the migrations have built so far: plain data, objects by their number, and which depends on which.
//!
//! The catalog holds what migrations make. What every new database has is [`builtin`](super::builtin) data with the
//! engine's own numbers; [`Catalog`]'s look-ups answer for both.

mod address;
mod column;
mod constraint;
mod deletion;
mod departed;
mod dependencies;
mod describe;
mod differences;
mod door;
mod facts;
mod fresh;
pub mod identifier;
mod index;
mod lasting;
mod lookup;
mod made;
mod meant;
mod objects;
mod origin;
mod other;
mod partition;
mod references;
mod relation;
mod rows;
mod sequence;
mod session;
mod system;
mod table_objects;

pub use address::{Address, Class};
pub use column::{Column, Generated, Identity};
pub use constraint::{
    Constraint, ConstraintKind, ConstraintOn, ForeignKey, ForeignKeyAction, KeyConstraint, Timing,
};
pub use deletion::{Deletion, Required};
pub use departed::{Departed, Departure, Fate};
pub use dependencies::{Dependencies, Dependency};
pub use differences::differences;
pub use index::{Index, IndexKey, IndexTerm};
pub use lookup::ObjectName;
pub use made::{
    BodyText, CastName, DomainDetails, EnumLabel, FamilyMembers, Made, MadeCast, RangeDetails,
    Routine, RoutineBody, RoutineDetails, Type, TypeDetails,
};
pub use meant::{Candidate, Near};
pub use objects::{Object, Objects};
pub use other::{
    Extension, Grant, Namespace, Plain, Privilege, Publication, PublishedTable, Role, Statistics,
};
pub use partition::{BoundDatum, PartitionBound, PartitionKey, PartitionStrategy, PartitionTerm};
pub use relation::{
    ForeignTable, Persistence, Relation, RelationKind, RelationOption, ReplicaIdentity,
    RowSecurity, View, ViewCheck,
};
pub use rows::CertainRows;
pub use sequence::Sequence;
pub use session::SearchPath;
pub use table_objects::{
    Enabled, Policy, PolicyCommand, Rule, RuleEvent, Trigger, TriggerEvent, TriggerTime,
};

use super::types::{
    AccessMethod, Collation, Language, Oid, Operator, OperatorClass, OperatorFamily,
};
use crate::catalog::{Log, Map};
use std::sync::Arc;

/// What the migrations have built so far. A copy costs little: what two of them have in common they share.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// The major version of the engine, which says what a new database has.
    pub version: u16,
    /// Schemas: `public` and those of the migrations.
    pub namespaces: Objects<Namespace>,
    /// Tables, views, sequences, indexes, composite types.
    pub relations: Objects<Relation>,
    /// Types, those of rows and arrays included.
    pub types: Objects<Type>,
    /// Constraints of tables and domains, by the number of that.
    pub constraints: Objects<Constraint>,
    /// Functions, procedures, aggregates.
    pub routines: Objects<Routine>,
    /// Triggers, by their table.
    pub triggers: Objects<Trigger>,
    /// Rules, by their table.
    pub rules: Objects<Rule>,
    /// Policies, by their table.
    pub policies: Objects<Policy>,
    /// Operators.
    pub operators: Objects<Made<Operator>>,
    /// Operator classes.
    pub operator_classes: Objects<Made<OperatorClass>>,
    /// Operator families.
    pub operator_families: Objects<Made<OperatorFamily, FamilyMembers>>,
    /// Casts, by their source.
    pub casts: Objects<MadeCast>,
    /// Collations.
    pub collations: Objects<Made<Collation>>,
    /// Languages.
    pub languages: Objects<Made<Language>>,
    /// Access methods.
    pub access_methods: Objects<Made<AccessMethod>>,
    /// Extended statistics.
    pub statistics: Objects<Statistics>,
    /// Extensions.
    pub extensions: Objects<Extension>,
    /// Roles. Those that are not there may be on the server all the same: they are no part of a database.
    pub roles: Objects<Role>,
    /// Publications.
    pub publications: Objects<Publication>,
    /// All that little more is known of than its name.
    pub plain: Objects<Plain>,
    /// COMMENT.
    pub comments: Map<Address, Arc<str>>,
    /// GRANT, and whether WITH GRANT OPTION.
    pub grants: Map<Grant, bool>,
    /// What cannot be without what.
    pub dependencies: Dependencies,
    /// What is no longer there, and where it went: newest last.
    pub departed: Log<Departed>,
    /// The rows that the history has surely written, by their table: with the catalog, as a rollback brings them back as well.
    pub rows: Map<Oid, CertainRows>,
    /// `search_path` of the session: with the catalog, as a rollback brings it back as well.
    path: SearchPath,
    /// How many objects were made.
    made: u32,
}
