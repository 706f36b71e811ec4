//! What the engine's type system consists of: one struct for each of the system catalogs that it is kept in.
//!
//! Rows of a new database are read from the crate's data; rows that migrations make are made by the replay.

use std::borrow::Cow;

use super::{Oid, ValueType};

/// The name of an object: part of the crate's data, or written in a migration.
pub type Name = Cow<'static, str>;

/// A row of `pg_type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// What kind of type it is.
    pub kind: TypeKind,
    /// `typcategory`: which types it competes with when a call is ambiguous.
    pub category: char,
    /// `typispreferred`: whether it wins among the types of its category.
    pub preferred: bool,
    /// `typlen`: bytes of a value; -1 where that varies, -2 for a C string.
    pub length: i16,
    /// `typstorage`.
    pub storage: Storage,
    /// `typelem`: what subscripts give.
    pub element: Option<Oid>,
    /// Whether it is a true array type: one whose values are arrays of [`Type::element`], and no `name` or `point`.
    pub is_array: bool,
    /// `typarray`: the type of arrays of it.
    pub array: Option<Oid>,
    /// `typcollation`: the collation of its values where nothing else is said; none for types without collations.
    pub collation: Option<Oid>,
    /// Whether it has a `typmodin` function: whether it can be written with a modifier.
    pub takes_modifier: bool,
}

/// What kind of type a type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    /// A base type, which only functions know from within; a true array too.
    Base,
    /// Rows of a relation, or of a type made by `CREATE TYPE … AS (…)`, which is a relation too.
    Composite {
        /// The relation.
        relation: Oid,
    },
    /// A domain.
    Domain {
        /// The type that it is over, which can be a domain too, with the modifier.
        base: ValueType,
    },
    /// An enum.
    Enum,
    /// A type that no column can have.
    Pseudo,
    /// A range.
    Range {
        /// The type of the bounds.
        subtype: Oid,
        /// The type of several ranges together.
        multirange: Oid,
    },
    /// Several ranges together.
    Multirange {
        /// The type of the ranges.
        range: Oid,
    },
    /// A type that was only announced: `CREATE TYPE name`.
    Shell,
}

/// How values of a type or a column are stored (`typstorage`, `attstorage`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Storage {
    /// In the row, as they are.
    Plain,
    /// Out of the row, not compressed.
    External,
    /// Compressed, then out of the row.
    Extended,
    /// Compressed, in the row where possible.
    Main,
}

/// A row of `pg_proc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// Function, procedure, aggregate or window function.
    pub kind: FunctionKind,
    /// `proargtypes`: the types of the arguments of a call.
    pub inputs: Box<[Oid]>,
    /// All parameters with modes and names; empty where none has a name and all are `IN`.
    pub parameters: Box<[Parameter]>,
    /// How many of the last inputs have defaults.
    pub defaults: u16,
    /// `provariadic`: the type of the elements of the last parameter where that is `VARIADIC`; `"any"` for itself.
    pub variadic: Option<Oid>,
    /// What it returns.
    pub result: Oid,
    /// Whether it returns a set of these.
    pub returns_set: bool,
    /// Whether it is null where an argument is.
    pub strict: bool,
    /// When two calls give the same.
    pub volatility: Volatility,
    /// The language that it is written in.
    pub language: Oid,
}

/// A row of `pg_proc` is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// A function.
    Function,
    /// A procedure.
    Procedure,
    /// A window function.
    Window,
    /// An aggregate.
    Aggregate(AggregateKind),
}

/// How an aggregate is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateKind {
    /// `sum(x)`
    Normal,
    /// `percentile_cont(x) WITHIN GROUP (ORDER BY y)`
    OrderedSet {
        /// `aggnumdirectargs`: the arguments that are not the ones of WITHIN GROUP.
        direct: u16,
    },
    /// `rank(x) WITHIN GROUP (ORDER BY y)`: direct arguments match the ordered ones.
    Hypothetical {
        /// `aggnumdirectargs`.
        direct: u16,
    },
}

/// A parameter of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Which way it goes.
    pub mode: ParameterMode,
    /// Its name; empty where it has none.
    pub name: Name,
    /// Its type; of a `VARIADIC` parameter, the array.
    pub value: Oid,
}

/// Which way a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterMode {
    /// `IN`
    In,
    /// `OUT`
    Out,
    /// `INOUT`
    InOut,
    /// `VARIADIC`
    Variadic,
    /// A column of `RETURNS TABLE`.
    Table,
}

impl ParameterMode {
    /// Whether a call gives it.
    #[must_use]
    pub fn is_input(self) -> bool {
        match self {
            ParameterMode::In | ParameterMode::InOut | ParameterMode::Variadic => true,
            ParameterMode::Out | ParameterMode::Table => false,
        }
    }
}

/// When two calls of a function with the same arguments give the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Volatility {
    /// Always.
    Immutable,
    /// In one statement.
    Stable,
    /// Never for certain.
    Volatile,
}

/// A row of `pg_operator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// The type on its left; none for a prefix operator.
    pub left: Option<Oid>,
    /// The type on its right.
    pub right: Oid,
    /// The type of its result. None for one that was only announced, as the commutator of another.
    pub result: Option<Oid>,
    /// The function that computes it; none for one that was only announced.
    pub function: Option<Oid>,
    /// The operator with the sides exchanged.
    pub commutator: Option<Oid>,
    /// The operator that is true where this is false.
    pub negator: Option<Oid>,
}

/// A row of `pg_cast`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    /// The type that is converted.
    pub source: Oid,
    /// The type that it is converted to.
    pub target: Oid,
    /// Where it is applied without being asked for.
    pub context: CastContext,
    /// How.
    pub method: CastMethod,
}

/// Where a cast is applied. Each includes those after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CastContext {
    /// Everywhere.
    Implicit,
    /// Where a value is stored in a column, too.
    Assignment,
    /// Only where it is written.
    Explicit,
}

/// How a cast converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastMethod {
    /// By a function.
    Function(Oid),
    /// Both types are stored alike: there is nothing to do.
    Binary,
    /// By writing one out and reading the other.
    InOut,
}

/// A row of `pg_am`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessMethod {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Name,
    /// Of indexes or of tables; for indexes, what they can.
    pub kind: AccessMethodKind,
}

/// What an access method is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessMethodKind {
    /// Tables.
    Table,
    /// Indexes.
    Index {
        /// `ASC`, `DESC`, `NULLS FIRST` mean something.
        can_order: bool,
        /// `UNIQUE`
        can_unique: bool,
        /// More than one column.
        can_multi_column: bool,
        /// `EXCLUDE`
        can_exclude: bool,
        /// `INCLUDE`
        can_include: bool,
    },
}

/// A row of `pg_opfamily`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorFamily {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// The access method of its indexes.
    pub method: Oid,
}

/// A row of `pg_opclass`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorClass {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// The access method of its indexes.
    pub method: Oid,
    /// The family that it belongs to.
    pub family: Oid,
    /// The type of the columns that it indexes.
    pub input: Oid,
    /// Whether it is the one that an index on such a column has where nothing is said.
    pub is_default: bool,
}

/// A row of `pg_amop`: an operator of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FamilyMember {
    /// The family.
    pub family: Oid,
    /// The type on the left.
    pub left: Oid,
    /// The type on the right.
    pub right: Oid,
    /// Which part it plays; for btree 1 to 5 are `<`, `<=`, `=`, `>=` and `>`.
    pub strategy: i16,
    /// The operator.
    pub operator: Oid,
    /// Whether it orders (`ORDER BY location <-> point`) rather than searches.
    pub orders: bool,
}

/// A row of `pg_collation`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collation {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// Whether values that compare equal are the same.
    pub deterministic: bool,
}

/// A row of `pg_language`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Name,
    /// Whether those who are no superusers can use it.
    pub trusted: bool,
}
