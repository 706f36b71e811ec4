//! The smaller kinds of objects: schemas, roles, extensions, collations, and what is only known by its name.

use super::objects::object;
use super::{Address, Class};
use crate::catalog::Provenance;
use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

/// A schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Namespace {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// The role that owns it.
    pub owner: Oid,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Namespace);

/// A role.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// SUPERUSER.
    pub superuser: bool,
    /// The roles that it is a member of.
    pub member_of: Vec<Oid>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Role);

/// An extension.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// The schema that its objects are in.
    pub namespace: Oid,
    /// Whether ALTER EXTENSION … SET SCHEMA can move them.
    pub relocatable: bool,
    /// VERSION, where it was given.
    pub version: Option<Arc<str>>,
    /// Whether what it brings is known; else what is missed may be one of its objects.
    pub known: bool,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Extension);

/// An object of which little more matters than that it is there: a text search dictionary, a server, a publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Plain {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub class: Class,
    /// The schema of those kinds that have one; of a user mapping, its server.
    pub container: Option<Oid>,
    /// The role that owns it.
    pub owner: Option<Oid>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Plain, |plain| plain.container);

/// A publication.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// The role that owns it.
    pub owner: Oid,
    /// FOR ALL TABLES.
    pub all_tables: bool,
    /// The tables that it names.
    pub tables: Vec<PublishedTable>,
    /// The schemas whose tables it has.
    pub namespaces: Vec<Oid>,
    /// What of `publish` it sends: insert, update, delete, truncate.
    pub publishes: [bool; 4],
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Publication);

/// A table in a publication.
#[derive(Debug, Clone)]
pub struct PublishedTable {
    /// The number of its place in the publication.
    pub oid: Oid,
    /// The table.
    pub table: Oid,
    /// The columns, by number; all if there are none.
    pub columns: Vec<i16>,
    /// WHERE.
    pub condition: Option<Arc<tree::Expr>>,
}

/// Extended statistics (CREATE STATISTICS).
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// Its schema.
    pub namespace: Oid,
    /// The role that owns it.
    pub owner: Oid,
    /// The table.
    pub table: Oid,
    /// The columns, by number.
    pub columns: Vec<i16>,
    /// The expressions.
    pub expressions: Vec<Arc<tree::Expr>>,
    /// The kinds, as `stxkind` has them: `d`, `f`, `m`, `e`.
    pub kinds: Vec<u8>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Statistics, |statistics| Some(statistics.namespace));

/// What a role may do with an object: an entry of an access control list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// The object or column.
    pub on: Address,
    /// The role; none is PUBLIC.
    pub grantee: Option<Oid>,
    /// What it may do.
    pub privilege: Privilege,
}

/// What a role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum Privilege {
    Select,
    Insert,
    Update,
    Delete,
    Truncate,
    References,
    Trigger,
    Usage,
    Create,
    Connect,
    Temporary,
    Execute,
    Set,
    AlterSystem,
    Maintain,
}
