//! A schema as data: what the compiler expects and what a database has are values of the same types.
//!
//! Both sides make the same value of the same schema: the compiler from the statements that SQLite would keep in
//! `sqlite_schema.sql`, the runtime from those that it keeps and from the engine's pragmas. In this module
//!
//! - *folded* means in lower case (ASCII only) and without quotes, as the engine compares names;
//! - *normal form* is that of `tablature_lexer::normal_form`: the tokens with one space between them, names and keywords
//!   folded, names in double quotes only where they need them;
//! - *sorted* means by the derived order of the type, folded names by their bytes.
//!
//! The comparison of two schemas does not depend on the order of the lists.

use std::borrow::Cow;

/// The tables, indexes, views and triggers of a database; internal, shadow and temporary ones are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// In the order of their names, folded.
    pub tables: Cow<'static, [Table]>,
    /// Those that CREATE INDEX made, in the order of their names, folded.
    pub indexes: Cow<'static, [Index]>,
    /// In the order of their names, folded.
    pub views: Cow<'static, [View]>,
    /// In the order of their names, folded.
    pub triggers: Cow<'static, [Trigger]>,
}

impl Schema {
    /// The schema of an empty database.
    pub const EMPTY: Schema = Schema {
        tables: Cow::Borrowed(&[]),
        indexes: Cow::Borrowed(&[]),
        views: Cow::Borrowed(&[]),
        triggers: Cow::Borrowed(&[]),
    };
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// Of a virtual table, the normal form of what follows USING: `fts5 ( title , content = 'stories' )`. None for an
    /// ordinary table. Of two virtual tables nothing else is compared: the module makes the columns.
    pub module: Option<Cow<'static, str>>,
    /// STRICT.
    pub strict: bool,
    /// WITHOUT ROWID.
    pub without_rowid: bool,
    /// AUTOINCREMENT.
    pub autoincrement: bool,
    /// In order, generated ones included; hidden columns of virtual tables are left out.
    pub columns: Cow<'static, [Column]>,
    /// The UNIQUE constraints of the columns and of the table, as far as the engine keeps an index for each: those that
    /// `PRAGMA index_list` reports with origin `u`. The primary key and CREATE UNIQUE INDEX are not among them. Sorted.
    pub unique: Cow<'static, [UniqueConstraint]>,
    /// The foreign keys of the columns and of the table. Sorted.
    pub foreign_keys: Cow<'static, [ForeignKey]>,
    /// The CHECK constraints of the columns and of the table: the normal form of what stands between the parentheses of
    /// each. Sorted.
    pub checks: Cow<'static, [Cow<'static, str>]>,
    /// The keys and NOT NULL constraints that say more than which columns they are about, as
    /// `tablature_lexer::TableText` writes them: `UNIQUE (a COLLATE nocase) ON CONFLICT REPLACE`. Sorted, each once.
    pub constraints: Cow<'static, [Cow<'static, str>]>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The declared type as `PRAGMA table_xinfo` reports it; empty when there is none.
    pub declared_type: Cow<'static, str>,
    /// NOT NULL, as `PRAGMA table_xinfo` reports it.
    pub not_null: bool,
    /// The normal form (`tablature_lexer::normal_default`) of the default as `PRAGMA table_xinfo` reports it, without the
    /// parentheses of `DEFAULT (…)`. None for NULL, and for a generated column.
    pub default: Option<Cow<'static, str>>,
    /// Its 1-based position in the primary key; 0 if it is not in it.
    pub primary_key: u32,
    /// How it is generated; none for a column that is written.
    pub generated: Option<Generated>,
    /// The last COLLATE of the column's own definition, folded; none for BINARY.
    pub collation: Option<Cow<'static, str>>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// How a generated column is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Whether its values are stored.
    pub stored: bool,
    /// The normal form of what stands between the parentheses after AS.
    pub expression: Cow<'static, str>,
}

/// A UNIQUE constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UniqueConstraint {
    /// The names of its columns in the order of the constraint, folded.
    pub columns: Cow<'static, [Cow<'static, str>]>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// The child's columns in the order of the key, folded.
    pub columns: Cow<'static, [Cow<'static, str>]>,
    /// The parent table, folded.
    pub table: Cow<'static, str>,
    /// The parent's columns in the order of the key, folded; empty, as written, means its primary key.
    pub references: Cow<'static, [Cow<'static, str>]>,
    /// ON UPDATE, as `PRAGMA foreign_key_list` reports it: `NO ACTION`, `RESTRICT`, `CASCADE`, `SET NULL` or
    /// `SET DEFAULT`.
    pub on_update: Cow<'static, str>,
    /// ON DELETE, as `PRAGMA foreign_key_list` reports it.
    pub on_delete: Cow<'static, str>,
    /// Whether it is checked when the transaction ends: DEFERRABLE INITIALLY DEFERRED, without NOT.
    pub deferred: bool,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The table, folded.
    pub table: Cow<'static, str>,
    /// The normal form (`tablature_lexer::normal_index`) of its statement as SQLite keeps it, without IF NOT EXISTS and
    /// the name of a database: `create unique index by_email on users ( email )`.
    pub definition: Cow<'static, str>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The normal form of its statement as SQLite keeps it, without IF NOT EXISTS and the name of a database:
    /// `create view adults as select * from users`.
    pub definition: Cow<'static, str>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The table or view, folded.
    pub table: Cow<'static, str>,
    /// The normal form (`tablature_lexer::normal_trigger`) of its statement as SQLite keeps it, without IF NOT EXISTS and
    /// the name of a database, from `create trigger` to `end`.
    pub definition: Cow<'static, str>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// Where the migrations define something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Place {
    /// The file, relative to the crate.
    pub file: Cow<'static, str>,
    /// 1-based.
    pub line: u32,
}
