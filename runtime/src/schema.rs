//! A schema as data: what the compiler expects and what a database has are values of the same types.

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

    /// Reads the schema of a SQLite database: of `main`, not of the temporary or of attached databases.
    ///
    /// # Errors
    ///
    /// What the engine reports, such as a virtual table whose module the connection does not have.
    #[cfg(feature = "sqlite")]
    pub fn read(connection: &rusqlite::Connection) -> rusqlite::Result<Schema> {
        crate::sqlite::schema(connection)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The module of a virtual table with its arguments in normal form; none for an ordinary table.
    pub module: Option<Cow<'static, str>>,
    /// STRICT.
    pub strict: bool,
    /// WITHOUT ROWID.
    pub without_rowid: bool,
    /// AUTOINCREMENT.
    pub autoincrement: bool,
    /// In order; hidden columns of virtual tables are left out.
    pub columns: Cow<'static, [Column]>,
    /// The UNIQUE constraints: names of their columns. Sorted.
    pub unique: Cow<'static, [UniqueConstraint]>,
    /// Foreign keys. Sorted.
    pub foreign_keys: Cow<'static, [ForeignKey]>,
    /// CHECK constraints in normal form. Sorted.
    pub checks: Cow<'static, [Cow<'static, str>]>,
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
    /// The default in normal form.
    pub default: Option<Cow<'static, str>>,
    /// Its 1-based position in the primary key; 0 if it is not in it.
    pub primary_key: u32,
    /// How it is generated; none for a column that is written.
    pub generated: Option<Generated>,
    /// COLLATE, folded; none for BINARY.
    pub collation: Option<Cow<'static, str>>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A generated column's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Whether its values are stored.
    pub stored: bool,
    /// The expression in normal form.
    pub expression: Cow<'static, str>,
}

/// A UNIQUE constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UniqueConstraint {
    /// The names of its columns, folded.
    pub columns: Cow<'static, [Cow<'static, str>]>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// The child's columns, folded.
    pub columns: Cow<'static, [Cow<'static, str>]>,
    /// The parent table, folded.
    pub table: Cow<'static, str>,
    /// The parent's columns, folded; empty means its primary key.
    pub references: Cow<'static, [Cow<'static, str>]>,
    /// ON UPDATE, as `PRAGMA foreign_key_list` reports it.
    pub on_update: Cow<'static, str>,
    /// ON DELETE, as `PRAGMA foreign_key_list` reports it.
    pub on_delete: Cow<'static, str>,
    /// Whether it is checked when the transaction ends: DEFERRABLE INITIALLY DEFERRED.
    pub deferred: bool,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The table, folded.
    pub table: Cow<'static, str>,
    /// The normal form of its CREATE INDEX statement.
    pub definition: Cow<'static, str>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// In its creator's letter case.
    pub name: Cow<'static, str>,
    /// The normal form of its CREATE VIEW statement.
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
    /// The normal form of its CREATE TRIGGER statement.
    pub definition: Cow<'static, str>,
    /// Where the migrations define it; none for what was read from a database.
    pub place: Option<Place>,
}

/// Where the migrations define something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the crate.
    pub file: &'static str,
    /// 1-based.
    pub line: u32,
}
