//! A schema as both sides can report it: the engine from its live catalog, the replay from its own.

mod text;

pub use text::difference;

/// Everything that a connection sees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// `main` first, then those of the others that hold something.
    pub databases: Vec<Database>,
}

/// A database and its objects, each kind in the order of the folded names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Database {
    /// `main`, `temp` or the name of ATTACH.
    pub name: String,
    /// Tables of every kind but the schema tables themselves.
    pub tables: Vec<Table>,
    /// Indexes that have a statement of their own.
    pub indexes: Vec<Index>,
    /// Views.
    pub views: Vec<View>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// `table`, `virtual` or `shadow`, as in `PRAGMA table_list`.
    pub kind: String,
    /// STRICT.
    pub strict: bool,
    /// WITHOUT ROWID.
    pub without_rowid: bool,
    /// In order.
    pub columns: Vec<Column>,
    /// The indexes of its PRIMARY KEY and UNIQUE constraints, in the order of their text.
    pub keys: Vec<Key>,
    /// In the order in which they were written.
    pub foreign_keys: Vec<ForeignKey>,
    /// The normal form of its statement; none where the engine keeps none.
    pub sql: Option<String>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The declared type, verbatim.
    pub declared_type: String,
    /// The flag of `PRAGMA table_xinfo`.
    pub not_null: bool,
    /// The text of `PRAGMA table_xinfo`.
    pub default: Option<String>,
    /// 1-based place in the primary key; 0 outside it.
    pub primary_key: u32,
    /// AUTOINCREMENT.
    pub autoincrement: bool,
    /// The collation; BINARY when none was written.
    pub collation: String,
    /// What `hidden` of `PRAGMA table_xinfo` says.
    pub visibility: Visibility,
}

/// The column `hidden` of `PRAGMA table_xinfo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// An ordinary column.
    Ordinary,
    /// A hidden column of a virtual table.
    Hidden,
    /// GENERATED … VIRTUAL.
    Virtual,
    /// GENERATED … STORED.
    Stored,
}

/// The index of a PRIMARY KEY or UNIQUE constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// PRIMARY KEY, else UNIQUE.
    pub primary: bool,
    /// Its columns with the collations that they are compared by.
    pub columns: Vec<(String, String)>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The child's columns.
    pub columns: Vec<String>,
    /// The parent.
    pub table: String,
    /// The parent's columns; empty for its primary key.
    pub references: Vec<String>,
    /// ON UPDATE, in the engine's words.
    pub on_update: String,
    /// ON DELETE, in the engine's words.
    pub on_delete: String,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its table.
    pub table: String,
    /// UNIQUE.
    pub unique: bool,
    /// Whether it has a WHERE.
    pub partial: bool,
    /// What it indexes.
    pub terms: Vec<Term>,
    /// The normal form of its statement.
    pub sql: String,
}

/// A term of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// A column's name, `<rowid>` or `<expression>`.
    pub what: String,
    /// The collation; none is reported for an expression, which takes its operands'.
    pub collation: Option<String>,
    /// DESC.
    pub descending: bool,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// Names and declared types of its columns; none if its query names what does not exist.
    pub columns: Option<Vec<(String, String)>>,
    /// The normal form of its statement.
    pub sql: String,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// The table or view that it watches.
    pub table: String,
    /// The normal form of its statement.
    pub sql: String,
}

impl Database {
    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
            && self.indexes.is_empty()
            && self.views.is_empty()
            && self.triggers.is_empty()
    }

    /// Puts the objects into the order in which both sides report them.
    #[must_use]
    pub fn sorted(mut self) -> Database {
        self.tables
            .sort_by_key(|table| table.name.to_ascii_lowercase());
        self.indexes
            .sort_by_key(|index| index.name.to_ascii_lowercase());
        self.views
            .sort_by_key(|view| view.name.to_ascii_lowercase());
        self.triggers
            .sort_by_key(|trigger| trigger.name.to_ascii_lowercase());
        self
    }
}
