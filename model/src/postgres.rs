//! A schema of PostgreSQL as data: what the compiler expects and what a database has are values of the same types.
//!
//! Both sides make the same value of the same schema: the compiler from its catalog, the runtime from the engine's. In this
//! module
//!
//! - a *name* is as the engine keeps it, folded where it was not quoted, and without quotes;
//! - a *qualified name* is a name and the schema that it is in;
//! - an *expression*, a *definition* and a *type* are texts as PostgreSQL 15 prints them (`pg_get_expr`,
//!   `pg_get_constraintdef`, `pg_get_indexdef`, `pg_get_triggerdef`, `format_type`) while `search_path` is empty, so that
//!   names of everything outside `pg_catalog` are qualified.
//!
//! # What is in it, and what is not
//!
//! In it is what the engines from 14 to 18 report in the same words, as an application is compiled once and runs on any of
//! them.
//!
//! - The text of a view is left out: from 16 on, the engine prints `id` where it printed `t.id`, and each release prints
//!   some expressions anew. Its columns, with their types, are compared. So are, of a rule, its name and event only.
//! - The body of a function is compared where the engine keeps it as it was written. `BEGIN ATOMIC` and `RETURN` are kept as
//!   trees, and printed as views are.
//! - NOT NULL is a property of columns, as it was before 18 gave it a name and a row among the constraints.
//! - Owners, privileges, tablespaces, storage parameters, statistics, comments and replication are the business of who runs
//!   the database.
//! - What an extension brings is its own; that the extension is there is compared, and not its version.
//! - Objects in schemas in which the migrations define nothing are others' business.
//!
//! The comparison of two schemas does not depend on the order of the lists.

use crate::schema::Place;
use std::borrow::Cow;

type Text = Cow<'static, str>;

/// What the migrations define in a database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The schemas, with `public` among them if it is there.
    pub schemas: Cow<'static, [Namespace]>,
    /// The extensions by their names.
    pub extensions: Cow<'static, [Extension]>,
    /// The enums.
    pub enums: Cow<'static, [Enum]>,
    /// The domains.
    pub domains: Cow<'static, [Domain]>,
    /// The types of CREATE TYPE … AS (…), without those of tables.
    pub composites: Cow<'static, [Composite]>,
    /// The range types, without their multiranges.
    pub ranges: Cow<'static, [Range]>,
    /// The sequences, those of `serial` columns included and those of identity columns left out.
    pub sequences: Cow<'static, [Sequence]>,
    /// The tables: ordinary, partitioned, foreign, and partitions.
    pub tables: Cow<'static, [Table]>,
    /// The views and materialized views.
    pub views: Cow<'static, [View]>,
    /// The indexes, without those of constraints and those that a partition has by its parent's.
    pub indexes: Cow<'static, [Index]>,
    /// The functions, procedures, aggregates and window functions.
    pub routines: Cow<'static, [Routine]>,
    /// The triggers, without those of constraints and those that a partition has by its parent's.
    pub triggers: Cow<'static, [Trigger]>,
    /// The row security policies.
    pub policies: Cow<'static, [Policy]>,
    /// The rules, without those that make a view one.
    pub rules: Cow<'static, [Rule]>,
}

impl Schema {
    /// The schema of an empty database, in which there is not even `public`.
    pub const EMPTY: Schema = Schema {
        schemas: Cow::Borrowed(&[]),
        extensions: Cow::Borrowed(&[]),
        enums: Cow::Borrowed(&[]),
        domains: Cow::Borrowed(&[]),
        composites: Cow::Borrowed(&[]),
        ranges: Cow::Borrowed(&[]),
        sequences: Cow::Borrowed(&[]),
        tables: Cow::Borrowed(&[]),
        views: Cow::Borrowed(&[]),
        indexes: Cow::Borrowed(&[]),
        routines: Cow::Borrowed(&[]),
        triggers: Cow::Borrowed(&[]),
        policies: Cow::Borrowed(&[]),
        rules: Cow::Borrowed(&[]),
    };
}

/// A name, and the schema that it is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The name of the schema.
    pub schema: Text,
    /// The name in it.
    pub name: Text,
}

/// A schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// Its name.
    pub name: Text,
    /// Where the migrations define it; none for what was read from a database, and for `public`.
    pub place: Option<Place>,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its name.
    pub name: Text,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// An enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enum {
    /// Its name.
    pub name: QualifiedName,
    /// Its values, in their order.
    pub labels: Cow<'static, [Text]>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Its name.
    pub name: QualifiedName,
    /// The type that it is over, with its modifier.
    pub base: Text,
    /// NOT NULL.
    pub not_null: bool,
    /// The expression of its DEFAULT, as `pg_get_expr(typdefaultbin, 0)` prints it.
    pub default: Option<Text>,
    /// Its collation, if that is another one than its type has.
    pub collation: Option<QualifiedName>,
    /// Its CHECK constraints.
    pub constraints: Cow<'static, [Constraint]>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A composite type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composite {
    /// Its name.
    pub name: QualifiedName,
    /// Its attributes, in their order; of each only the name, the type and the collation say anything.
    pub attributes: Cow<'static, [Column]>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A range type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Its name.
    pub name: QualifiedName,
    /// The type of its bounds.
    pub subtype: Text,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// Its name.
    pub name: QualifiedName,
    /// `smallint`, `integer` or `bigint`.
    pub data_type: Text,
    /// START, in decimal.
    pub start: Text,
    /// INCREMENT, in decimal.
    pub increment: Text,
    /// MINVALUE, in decimal.
    pub minimum: Text,
    /// MAXVALUE, in decimal.
    pub maximum: Text,
    /// CYCLE.
    pub cycle: bool,
    /// OWNED BY.
    pub owner: Option<OwnerColumn>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// The column that a sequence goes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerColumn {
    /// Its table.
    pub table: QualifiedName,
    /// Its name.
    pub column: Text,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: QualifiedName,
    /// `p` if it is partitioned, `f` if it is foreign, else `r`: `pg_class.relkind`.
    pub kind: Text,
    /// UNLOGGED.
    pub unlogged: bool,
    /// How it is partitioned, as `pg_get_partkeydef` prints it.
    pub partition_key: Option<Text>,
    /// The bound of a partition, as `pg_get_expr(relpartbound, …)` prints it.
    pub partition_bound: Option<Text>,
    /// The tables that it inherits from, or the one that it is a partition of, in their order.
    pub parents: Cow<'static, [QualifiedName]>,
    /// In order, inherited and generated ones included and dropped ones left out.
    pub columns: Cow<'static, [Column]>,
    /// Its constraints, inherited CHECKs included. NOT NULL and constraint triggers are not among them, nor are the keys
    /// that a partition has by its parent's.
    pub constraints: Cow<'static, [Constraint]>,
    /// ENABLE ROW LEVEL SECURITY.
    pub row_security: bool,
    /// FORCE ROW LEVEL SECURITY.
    pub force_row_security: bool,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Text,
    /// Its type with its modifier, as `format_type` prints it: `character varying(20)`, `app.mood[]`.
    pub data_type: Text,
    /// NOT NULL.
    pub not_null: bool,
    /// The expression of its DEFAULT; none for a generated column.
    pub default: Option<Text>,
    /// GENERATED … AS IDENTITY: `a` for ALWAYS, `d` for BY DEFAULT, empty for neither: `pg_attribute.attidentity`.
    pub identity: Text,
    /// How it is generated; none for a column that is written.
    pub generated: Option<Generated>,
    /// Its collation, if that is another one than its type has.
    pub collation: Option<QualifiedName>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// How a generated column is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// `s` for STORED, `v` for VIRTUAL, from 18 on: `pg_attribute.attgenerated`.
    pub kind: Text,
    /// Its expression.
    pub expression: Text,
}

/// A constraint of a table or a domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constraint {
    /// Its name.
    pub name: Text,
    /// As `pg_get_constraintdef` prints it, with DEFERRABLE, NO INHERIT and NOT VALID.
    pub definition: Text,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: QualifiedName,
    /// Whether it is a materialized one.
    pub materialized: bool,
    /// Its columns, in their order.
    pub columns: Cow<'static, [ViewColumn]>,
    /// Of WITH (…), what changes the meaning, sorted: `check_option=local`, `security_barrier=true`,
    /// `security_invoker=on`, as `pg_class.reloptions` holds them.
    pub options: Cow<'static, [Text]>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewColumn {
    /// Its name.
    pub name: Text,
    /// Its type with its modifier, as `format_type` prints it.
    pub data_type: Text,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name; its schema is that of the table.
    pub name: QualifiedName,
    /// The table or materialized view.
    pub table: Text,
    /// As `pg_get_indexdef` prints it.
    pub definition: Text,
    /// False if a build of it has failed, or has not come to its end: `pg_index.indisvalid`.
    pub valid: bool,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A function, procedure, aggregate or window function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// Its name.
    pub name: QualifiedName,
    /// The arguments that tell it from others of its name, as `pg_get_function_identity_arguments` prints them.
    pub arguments: Text,
    /// `f`, `p`, `a` or `w`: `pg_proc.prokind`.
    pub kind: Text,
    /// As `pg_get_function_result` prints it; none for a procedure.
    pub result: Option<Text>,
    /// The name of its language.
    pub language: Text,
    /// `i`, `s` or `v`: `pg_proc.provolatile`.
    pub volatility: Text,
    /// STRICT.
    pub strict: bool,
    /// SECURITY DEFINER.
    pub security_definer: bool,
    /// The parameters that it runs with, `name=value` each, by name: `pg_proc.proconfig`.
    pub settings: Cow<'static, [Text]>,
    /// The text between its quotes, with `\n` at the ends of lines; none if the engine keeps a tree instead, and for an
    /// aggregate.
    pub body: Option<Text>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Its name.
    pub name: Text,
    /// Its table or view.
    pub table: QualifiedName,
    /// As `pg_get_triggerdef` prints it.
    pub definition: Text,
    /// `O`, `D`, `R` or `A`: `pg_trigger.tgenabled`.
    pub enabled: Text,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A row security policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name.
    pub name: Text,
    /// Its table.
    pub table: QualifiedName,
    /// PERMISSIVE.
    pub permissive: bool,
    /// `r`, `a`, `w`, `d` or `*`: `pg_policy.polcmd`.
    pub command: Text,
    /// The names of the roles that it is for, sorted; `public` for all.
    pub roles: Cow<'static, [Text]>,
    /// The expression of USING.
    pub using: Option<Text>,
    /// The expression of WITH CHECK.
    pub check: Option<Text>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: Text,
    /// Its table or view.
    pub table: QualifiedName,
    /// `1`, `2`, `3` or `4`, for SELECT, UPDATE, INSERT and DELETE: `pg_rewrite.ev_type`.
    pub event: Text,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}
